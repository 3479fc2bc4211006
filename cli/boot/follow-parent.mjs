// Loaded before a child process of `heptad start`. When that one is killed without a chance to stop its children,
// they must go too: they would hold the port and work with settings that nobody supervises.
if (process.channel) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 10_000).unref();
  });
  // Listening alone must not keep a process alive that is otherwise done.
  process.channel.unref();
}
