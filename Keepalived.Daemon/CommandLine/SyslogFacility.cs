namespace Keepalived.Daemon.CommandLine;

/// <summary>The syslog facilities that <c>-S</c> can choose (RFC 3164 §4.1.1).</summary>
internal enum SyslogFacility
{
    User = 1,
    Daemon = 3,
    Local0 = 16,
    Local1 = 17,
    Local2 = 18,
    Local3 = 19,
    Local4 = 20,
    Local5 = 21,
    Local6 = 22,
    Local7 = 23,
}
