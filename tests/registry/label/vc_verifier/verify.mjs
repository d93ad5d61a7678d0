// Checks credentials with the packages of Digital Bazaar, and writes a line of JSON for each.
// node verify.mjs FILE; the file holds { documents: { address: document }, checks: [ { credential, now } ] }.
import { readFileSync } from "node:fs";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import { defaultDocumentLoader as known, verifyCredential } from "@digitalbazaar/vc";

const { documents, checks } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const suite = new DataIntegrityProof({ cryptosuite });

async function documentLoader(url) {
  const [address, fragment] = url.split("#");
  const found = documents[address];
  if (found === undefined) return known(url);
  const method = (found.verificationMethod ?? []).find((one) => fragment && one.id === url);
  const document = method ? { "@context": "https://w3id.org/security/multikey/v1", ...method } : found;
  return { contextUrl: null, documentUrl: url, document };
}

async function check({ credential, now }) {
  const held = { credential, suite, documentLoader, now: new Date(now) };
  const proof = await verifyCredential({ ...held, checkStatus: async () => ({ verified: true }) });
  if (!proof.verified) return { verified: false, set: [], error: String(proof.error?.errors?.[0] ?? proof.error) };
  if (!credential.credentialStatus) return { verified: true, set: [], error: "" };
  const status = await checkStatus(held);
  const set = (status.results ?? []).filter((one) => one.status).map((one) => one.credentialStatus.statusPurpose);
  return { verified: status.verified, set, error: status.verified ? "" : String(status.error) };
}

for (const one of checks) console.log(JSON.stringify(await check(one)));
