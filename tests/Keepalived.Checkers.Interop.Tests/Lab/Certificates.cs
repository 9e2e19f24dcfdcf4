using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Keepalived.Checkers.Interop.Tests.Lab;

/// <summary>An authority, and certificates that it signed, as PEM files in a folder: <c>NAME.pem</c> and <c>NAME.key</c>.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly string _folder;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <param name="folder">Where they go.</param>
    public Certificates(string folder)
    {
        _folder = folder;
        var request = new CertificateRequest("CN=test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        Authority = request.CreateSelfSigned(Now.AddDays(-100), Now.AddDays(100));
        File.WriteAllText(Path.Combine(folder, "authority.pem"), Authority.ExportCertificatePem());
        Issue("good", ["good.test", "web.test"], Now.AddDays(50));
        Issue("other", ["other.test"], Now.AddDays(50));
        Issue("expired", ["good.test"], Now.AddDays(-1));
        Client = Issue("client", ["client.test"], Now.AddDays(50));
    }

    /// <summary>Who signed them.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>One for a client, with its key.</summary>
    public X509Certificate2 Client { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        Client.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Issue(string file, string[] names, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
            alternatives.AddDnsName(name);
        if (file == "good")
            alternatives.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = request.Create(Authority, Now.AddDays(-60), until, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Combine(_folder, file + ".pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, file + ".key"), key.ExportPkcs8PrivateKeyPem());
        using var whole = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }
}
