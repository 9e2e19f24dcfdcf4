namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary><c>PING_CHECK</c>: an ICMP echo is answered.</summary>
public sealed record PingCheckConfiguration : ConnectingCheckConfiguration;
