using Keepalived.Daemon.Composition;
using Keepalived.Daemon.Processes;

return DaemonProgram.Run(args, DaemonComposition.Parts);
