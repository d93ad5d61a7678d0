// A provider of OpenID Connect on a free port of this machine, for one client: node provider.mjs REDIRECT
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [redirect] = process.argv.slice(2);
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "koepel", client_secret: "a secret of the tests", redirect_uris: [redirect] }],
    cookies: { keys: ["a key of the tests"] },
  });
  server.on("request", provider.callback());
  console.log(JSON.stringify({ issuer }));
});
process.stdin.on("end", () => process.exit()).resume(); // ends with whoever started it
