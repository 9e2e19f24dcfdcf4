using Keepalived.Daemon.Configuration.Model;
using static Keepalived.Daemon.Configuration.Keywords.SslKeywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Makes the record of the <c>SSL</c> block.</summary>
internal static class SslCompletion
{
    public static SslConfiguration Complete(BlockValues values) => new()
    {
        Password = values.Get(Password),
        AuthoritiesFile = values.Get(Ca),
        CertificateFile = values.Get(Certificate),
        KeyFile = values.Get(Key),
        Position = values.Location,
    };
}
