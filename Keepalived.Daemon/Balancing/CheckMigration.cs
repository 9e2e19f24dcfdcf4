using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// Whether what a check knew of a server holds for one of another configuration: it asks the same of the same. Rhythm, retries, delays and
/// alpha do not matter for that.
/// </summary>
internal static class CheckMigration
{
    /// <summary>Whether <paramref name="now"/> goes on from what <paramref name="before"/> knew.</summary>
    public static bool IsContinued(CheckConfiguration before, CheckConfiguration now) => (before, now) switch
    {
        (BfdCheckConfiguration a, BfdCheckConfiguration b) => a.Instance == b.Instance,
        (MiscCheckConfiguration a, MiscCheckConfiguration b) => a.IsDynamic == b.IsDynamic && a.Script == b.Script,
        (HttpCheckConfiguration a, HttpCheckConfiguration b) => a.Connection == b.Connection && a.VirtualHost == b.VirtualHost
            && a.Urls.Count == b.Urls.Count && a.Urls.Zip(b.Urls).All(static pair => IsContinued(pair.First, pair.Second)),
        (SmtpCheckConfiguration a, SmtpCheckConfiguration b) => a.Connection == b.Connection && a.HeloName == b.HeloName,
        (DnsCheckConfiguration a, DnsCheckConfiguration b) => a.Connection == b.Connection && a.Type == b.Type && a.Name == b.Name,
        (ConnectingCheckConfiguration a, ConnectingCheckConfiguration b) => a.GetType() == b.GetType() && a.Connection == b.Connection,
        _ => false, // FILE_CHECK is judged anew
    };

    private static bool IsContinued(HttpUrlConfiguration before, HttpUrlConfiguration now) => before.Path == now.Path
        && before.Digest == now.Digest && before.StatusCodes == now.StatusCodes && before.Host == now.Host && before.Regex == now.Regex;
}
