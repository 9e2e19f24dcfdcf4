using System.Globalization;

namespace Keepalived.Checkers.Interop.Tests.Lab;

/// <summary>nginx: pages over HTTP, and over TLS with several names, versions and certificates.</summary>
internal sealed class Nginx : ServerProcess
{
    /// <summary>The body of <c>/page</c> and <c>/chunked</c>.</summary>
    public const string Page = "Hello, keepalived\nsecond line\n";

    /// <summary>The MD5 of <see cref="Page"/>.</summary>
    public const string PageDigest = "a605d90bb2aacfaeaed36aa2cde26955";

    /// <param name="network">The network namespace; null for that of the tests.</param>
    public Nginx(string? network = null)
        : base(network)
    {
        Tools.Require("nginx");
        Certificates = new Certificates(Folder);
        Directory.CreateDirectory(Path.Combine(Folder, "pages"));
        Write("pages/page", Page);
        Write("pages/big", string.Concat(Enumerable.Repeat("0123456789abcdef", 1 << 16)));
        var configuration = Write("nginx.conf", Configuration());
        Start(["nginx", "-p", Folder, "-c", configuration, "-e", "stderr"], [Http, Tls, Tls12, Tls13, Expired, Mutual]);
    }

    public int Http { get; } = Tools.FreePort();

    /// <summary>good.test and web.test by name, other.test's certificate for whoever names none.</summary>
    public int Tls { get; } = Tools.FreePort();

    /// <summary>Only TLS 1.2.</summary>
    public int Tls12 { get; } = Tools.FreePort();

    /// <summary>Only TLS 1.3.</summary>
    public int Tls13 { get; } = Tools.FreePort();

    /// <summary>good.test's certificate of yesterday.</summary>
    public int Expired { get; } = Tools.FreePort();

    /// <summary>Only for clients with a certificate.</summary>
    public int Mutual { get; } = Tools.FreePort();

    public Certificates Certificates { get; }

    private string Configuration() => string.Create(CultureInfo.InvariantCulture, $$"""
        daemon off;
        master_process off;
        pid {{Folder}}/nginx.pid;
        error_log stderr error;
        events { worker_connections 512; }
        http {
            access_log off;
            types { }
            default_type text/plain;
            root {{Folder}}/pages;
            client_body_temp_path {{Folder}}/body;
            proxy_temp_path {{Folder}}/proxy;
            fastcgi_temp_path {{Folder}}/fastcgi;
            uwsgi_temp_path {{Folder}}/uwsgi;
            scgi_temp_path {{Folder}}/scgi;
            server {
                listen {{ListenAddress}}:{{Http}} default_server backlog=4096;
                location = /chunked { alias {{Folder}}/pages/page; sub_filter never-there x; sub_filter_types *; }
                location = /nothing { return 204; }
                location = /moved { return 301 /page; }
                location = /found { return 302 /page; }
                location = /forbidden { return 403; }
                location = /broken { return 503 "out of order"; }
                location = /teapot { return 418; }
                location = /request { return 200 "$request|$http_host|$http_user_agent|$http_connection"; }
            }
            server {
                listen {{ListenAddress}}:{{Http}};
                server_name web.test;
                location / { return 200 "this is web.test"; }
            }
            server {
                listen {{ListenAddress}}:{{Tls}} ssl default_server;
                {{Certificate("other")}}
                location / { return 200 "asked for [$ssl_server_name]"; }
            }
            server {
                listen {{ListenAddress}}:{{Tls}} ssl;
                server_name good.test web.test;
                {{Certificate("good")}}
                location / { return 200 "asked for [$ssl_server_name]"; }
            }
            server {
                listen {{ListenAddress}}:{{Tls12}} ssl;
                ssl_protocols TLSv1.2;
                {{Certificate("good")}}
            }
            server {
                listen {{ListenAddress}}:{{Tls13}} ssl;
                ssl_protocols TLSv1.3;
                {{Certificate("good")}}
            }
            server {
                listen {{ListenAddress}}:{{Expired}} ssl;
                {{Certificate("expired")}}
            }
            server {
                listen {{ListenAddress}}:{{Mutual}} ssl;
                {{Certificate("good")}}
                ssl_client_certificate {{Folder}}/authority.pem;
                ssl_verify_client on;
            }
        }
        """);

    private string Certificate(string name) => $"ssl_certificate {Folder}/{name}.pem; ssl_certificate_key {Folder}/{name}.key;";
}
