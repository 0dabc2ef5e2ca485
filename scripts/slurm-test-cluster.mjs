// A Slurm cluster of virtual nodes on this host, for tests. It has a folder for its state and a munge key of its own, and
// needs neither systemd nor cgroups. `node scripts/slurm-test-cluster.mjs` and
//   install                     gets what is missing of Debian's packages, as root
//   why-not                     says why there can be no cluster here; nothing where there can
//   start FOLDER [NODES]        starts nodes n1, n2, ... (2) and prints the path of slurm.conf: SLURM_CONF=... sbatch
//   kill-node FOLDER NAME       kills a node as a loss of power would
//   start-node FOLDER NAME      brings it back
//   stop FOLDER                 ends everything that runs there
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const packages = ['slurm-wlm', 'slurmctld', 'slurmd', 'munge'];
const programs = ['/usr/sbin/munged', '/usr/sbin/slurmctld', '/usr/sbin/slurmd', '/usr/bin/sbatch'];
const secondsUntilIdle = 30;

/** Why there can be no cluster here; undefined where there can. */
const whyNot = () => {
  const missing = programs.filter((program) => !existsSync(program));
  return missing.length > 0 ? `there is no ${missing.join(', ')} (apt-get install ${packages.join(' ')})` : undefined;
};

/** Installs what is missing; as root, on Debian. */
function install() {
  if (!whyNot()) return;
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages], options);
}

/** Starts the daemons and waits until all nodes are idle; returns the path of slurm.conf. */
async function start(folder, nodes) {
  const why = whyNot();
  if (why) throw new Error(`No cluster can be started: ${why}.`);
  for (const part of ['state', 'log', ...names(nodes)]) mkdirSync(join(folder, part), { recursive: true });
  const conf = join(folder, 'slurm.conf');
  writeFileSync(join(folder, 'munge.key'), randomBytes(1024), { mode: 0o400 });
  writeFileSync(conf, confOf(folder, nodes, await freePorts(nodes + 1)));
  // Whatever else of this kind runs here is not meant.
  const env = { ...process.env, SLURM_CONF: conf };
  execFileSync('/usr/sbin/munged', [
    '--force',
    ...[`--key-file=${folder}/munge.key`, `--socket=${folder}/munge.socket`, `--pid-file=${folder}/munged.pid`],
    ...[`--log-file=${folder}/log/munged.log`, `--seed-file=${folder}/munge.seed`],
  ]);
  execFileSync('/usr/sbin/slurmctld', ['-c', '-f', conf], { env, stdio: 'ignore' });
  for (const name of names(nodes)) startNode(folder, name);
  for (let tries = 0; tries < secondsUntilIdle * 10; tries++) {
    if (idle(conf) === nodes) return conf;
    await wait(100);
  }
  throw new Error(`The nodes were not idle after ${secondsUntilIdle} seconds: see ${join(folder, 'log')}.`);
}

/** Starts the daemon of one node: at first, and after it was killed. */
function startNode(folder, name) {
  const conf = join(folder, 'slurm.conf');
  spawn('/usr/sbin/slurmd', ['-N', name, '-f', conf], {
    env: { ...process.env, SLURM_CONF: conf },
    stdio: 'ignore',
    detached: true,
  }).unref();
}

function killNode(folder, name) {
  killProcesses(folder, name);
  // What the controller finds out by itself, after longer than a test can wait.
  scontrol(folder, 'update', `nodename=${name}`, 'state=down', 'reason=killed');
}

/** Kills the daemon of a node, its steps, and what they run. */
function killProcesses(folder, name) {
  const daemon = pidIn(join(folder, `${name}.pid`));
  const steps = processes().filter(
    ({ pid, name: program }) => program === 'slurmstepd' && writesTo(pid, logOf(folder, name)),
  );
  // From the top: whoever would tell of the death of another is dead by then.
  for (const pid of withDescendants([daemon, ...steps.map((step) => step.pid)].filter(Boolean))) kill(pid, 'SIGKILL');
}

function scontrol(folder, ...words) {
  const env = { ...process.env, SLURM_CONF: join(folder, 'slurm.conf') };
  execFileSync('scontrol', words, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

const logOf = (folder, node) => join(folder, 'log', `${node}.log`);

/** Whether a process has this file open. */
function writesTo(pid, file) {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((descriptor) => readlinkSync(join(folder, descriptor)) === file);
  } catch {
    return false; // it ended meanwhile
  }
}

/** Ends every daemon and whatever jobs still run. */
async function stop(folder) {
  for (const name of nodesOf(folder)) killProcesses(folder, name);
  const daemons = ['slurmctld', 'munged'].map((name) => pidIn(join(folder, `${name}.pid`)));
  for (const pid of daemons) if (pid !== undefined) kill(pid, 'SIGTERM');
  for (let tries = 0; tries < 100 && daemons.some((pid) => pid !== undefined && kill(pid, 0)); tries++) await wait(50);
}

const names = (count) => Array.from({ length: count }, (_, i) => `n${i + 1}`);
const nodesOf = (folder) =>
  [...readFileSync(join(folder, 'slurm.conf'), 'utf8').matchAll(/^NodeName=(\S+)/gm)].map(([, name]) => name);

function confOf(folder, nodes, [controller, ...others]) {
  const host = hostname().split('.')[0];
  const user = userInfo().username;
  return `ClusterName=zoo
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controller}
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
CryptoType=crypto/munge
AuthInfo=socket=${folder}/munge.socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/%n.pid
SlurmctldLogFile=${folder}/log/slurmctld.log
SlurmdLogFile=${folder}/log/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,batch_sched_delay=0,bf_interval=1
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SlurmdTimeout=4
SlurmctldTimeout=10
KillWait=5
InactiveLimit=0
JobRequeue=1
${names(nodes)
  .map((name, i) => `NodeName=${name} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${others[i]} CPUs=1 State=UNKNOWN`)
  .join('\n')}
PartitionName=cpu Nodes=ALL Default=YES MaxTime=60 State=UP
`;
}

function idle(conf) {
  try {
    const options = {
      encoding: 'utf8',
      env: { ...process.env, SLURM_CONF: conf },
      stdio: ['ignore', 'pipe', 'ignore'],
    };
    const states = execFileSync('sinfo', ['--noheader', '--Node', '--format=%T'], options);
    return states.split('\n').filter((state) => state === 'idle').length;
  } catch {
    return 0; // the controller does not answer yet
  }
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((done, fail) => {
          const server = createServer().once('error', fail);
          server.listen(0, '127.0.0.1', () => done(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

function pidIn(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

/** Every process. */
function processes() {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const [, name, parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${entry}/stat`, 'utf8'));
        return [{ pid: Number(entry), parent: Number(parent), name }];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

function withDescendants(roots) {
  const all = processes();
  const found = [...roots];
  for (const above of found) found.push(...all.filter(({ parent }) => parent === above).map(({ pid }) => pid));
  return found;
}

/** Returns whether there is such a process. */
function kill(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

const commands = {
  install,
  'why-not': () => whyNot(),
  start: (folder, nodes = '2') => start(resolve(folder), Number(nodes)),
  'kill-node': (folder, name) => killNode(resolve(folder), name),
  'start-node': (folder, name) => startNode(resolve(folder), name),
  stop: (folder) => stop(resolve(folder)),
};
const [command, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(commands, command ?? ''))
  throw new Error(`What to do is one of ${Object.keys(commands).join(', ')}.`);
const said = await commands[command](...rest);
if (said !== undefined) console.log(said);
