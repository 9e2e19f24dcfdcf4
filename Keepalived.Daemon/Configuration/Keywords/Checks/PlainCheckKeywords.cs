
namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The keywords of <c>TCP_CHECK</c> and <c>PING_CHECK</c>, which have nothing but a connection.</summary>
internal static class PlainCheckKeywords
{
    public static readonly KeywordBlock Tcp = new("TCP_CHECK");

    public static readonly ConnectionKeywords TcpConnection = new(Tcp);

    public static readonly KeywordBlock Ping = new("PING_CHECK");

    public static readonly ConnectionKeywords PingConnection = new(Ping);
}
