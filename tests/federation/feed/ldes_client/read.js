// Reads an event stream and writes a line of JSON per member: its name, and its statements as N-Quads.
// node read.js ADDRESS none|ascending [FOLDER]; with a folder it goes on where it stopped the last time.
import { replicateLDES, intoConfig } from "ldes-client";
import { Writer } from "n3";

const [address, order, folder] = process.argv.slice(2);
const client = replicateLDES(intoConfig({ url: address, statePath: folder }), order);
client.on("error", (error) => {
  console.error(error);
  process.exitCode = 1;
});
for await (const member of client.stream({ highWaterMark: 10 })) {
  const statements = new Writer({ format: "N-Quads" }).quadsToString(member.quads);
  console.log(JSON.stringify({ name: member.id.value, statements }));
}
