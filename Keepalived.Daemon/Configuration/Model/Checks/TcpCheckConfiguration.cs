namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary><c>TCP_CHECK</c>: a connection can be made.</summary>
public sealed record TcpCheckConfiguration : ConnectingCheckConfiguration;
