// Serves one port from two Heptad web processes and one worker on one database, request by request in turn, as a load
// balancer would. What a process kept to itself would be missing every other time.
import { spawn } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const port = Number(process.env.PORT);
const ports = [port + 1, port + 2];
const agent = new Agent({ keepAlive: true });

const children = [];
for (const [index, own] of ports.entries()) {
  const parameters = ['cli/heptad.mjs', 'start', ...(index === 0 ? [] : ['--no-worker'])];
  children.push(spawn(process.execPath, parameters, { stdio: 'inherit', env: { ...process.env, PORT: String(own) } }));
  // The second joins the database that the first one started and filled.
  await untilReady(own);
}

let turn = 0;
const server = createServer((incoming, outgoing) => {
  turn += 1;
  const { method, url: path, headers } = incoming;
  const options = { agent, host: '127.0.0.1', port: ports[turn % ports.length], method, path, headers };
  const onward = request(options, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  onward.on('error', (error) => {
    if (outgoing.headersSent) outgoing.destroy(error);
    else outgoing.writeHead(502).end(error.message);
  });
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
});
server.listen(port, '127.0.0.1');

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop());

async function stop() {
  server.close();
  server.closeAllConnections();
  for (const child of children.toReversed()) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    if (child.exitCode === null) await ended;
  }
  process.exit(0);
}

async function untilReady(own) {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${own}/api/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(250);
  }
}
