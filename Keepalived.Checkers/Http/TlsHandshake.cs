using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Keepalived.Checkers.Http;

/// <summary>
/// What a handshake needs. A certificate is the server's choice: nothing that it names is fetched, whatever it says of where its issuer is to
/// be found.
/// </summary>
internal static class TlsHandshake
{
    // The runtime builds the chain before it asks whether anybody cares; without authorities of its own it would read all of the system's.
    private static readonly X509ChainPolicy NoTrust = CreatePolicy([]);

    /// <summary>The options of one handshake.</summary>
    /// <param name="tls">What is wanted of TLS.</param>
    /// <param name="name">The name of the server; empty if it has none.</param>
    /// <param name="address">Its address, for which a certificate may be as well.</param>
    public static SslClientAuthenticationOptions Create(HttpTlsOptions tls, string name, IPAddress address)
    {
        var sendName = (tls.SendServerName || tls.ServerName is not null || tls.VerifyCertificate) && name.Length != 0;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = sendName ? name : tls.VerifyCertificate ? address.ToString() : "",
            ClientCertificates = tls.ClientCertificates,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            // A resumed session proves neither key nor certificate, which a check is there to see at work.
            AllowTlsResume = !sendName,
        };
        if (tls.VerifyCertificate)
        {
            options.CertificateChainPolicy = CreatePolicy(tls.TrustedAuthorities);
            return options;
        }

        options.CertificateChainPolicy = NoTrust;
#pragma warning disable CA5359 // The operator decides: a check asks whether the server works.
        options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        return options;
    }

    private static X509ChainPolicy CreatePolicy(X509Certificate2Collection? authorities)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (authorities is null)
            return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
