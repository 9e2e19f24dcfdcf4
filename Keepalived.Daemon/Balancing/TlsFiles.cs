using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Keepalived.Checkers.Http;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Balancing;

/// <summary>The files of the <c>SSL</c> block.</summary>
internal static class TlsFiles
{
    /// <summary>Reads them. Without a block there are none.</summary>
    /// <exception cref="RoleFailure">One cannot be read: checks without their certificate would take servers down.</exception>
    public static HttpTlsOptions Load(SslConfiguration? ssl)
    {
        if (ssl is null)
            return new HttpTlsOptions();
        var authorities = ssl.AuthoritiesFile is { } ca ? Read(ca, () => ReadAll(ca)) : null;
        X509CertificateCollection? client = null;
        if (ssl.CertificateFile is { } certificate)
            client = Read(certificate, () => ReadClient(certificate, ssl.KeyFile ?? certificate, ssl.Password));
        return new HttpTlsOptions { TrustedAuthorities = authorities, ClientCertificates = client };
    }

    /// <summary>Whether they say the same: files of the same names may have been renewed.</summary>
    public static bool AreSame(HttpTlsOptions before, HttpTlsOptions now) =>
        Same(before.TrustedAuthorities, now.TrustedAuthorities) && Same(before.ClientCertificates, now.ClientCertificates);

    private static bool Same(X509CertificateCollection? before, X509CertificateCollection? now) => Bytes(before).SequenceEqual(Bytes(now));

    private static IEnumerable<string> Bytes(X509CertificateCollection? certificates) =>
        certificates?.Cast<X509Certificate>().Select(static certificate => certificate.GetRawCertDataString()) ?? [];

    private static X509Certificate2Collection ReadAll(string path)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(path);
        return all;
    }

    private static X509CertificateCollection ReadClient(string certificate, string key, Secret? password)
    {
        return
        [
            password is null
                ? X509Certificate2.CreateFromPemFile(certificate, key)
                : X509Certificate2.CreateFromEncryptedPemFile(certificate, Encoding.UTF8.GetString(password.Reveal()), key),
        ];
    }

    private static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new RoleFailure(ExitCode.Fatal, $"SSL error: Cant load file {path}: {e.Message}");
        }
    }
}
