using System.Diagnostics;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Nftables;
using Keepalived.Netlink.Tests.Io;

namespace Keepalived.Netlink.Tests.Nftables;

/// <summary>A test against the kernel's packet filter: an own namespace, a client in it, and the nft program for a judge.</summary>
public abstract class NftFixture
{
    private TestNamespace? _namespace;
    private NetworkNamespace? _inside;
    private EventLoop? _loop;
    private NftablesClient? _client;

    protected NftablesClient Client => _client!;

    private protected TestNamespace Namespace => _namespace!;

    [SetUp]
    public async Task OpenNamespace()
    {
        _namespace = TestNamespace.Create();
        _inside = _namespace.Open();
        _loop = new EventLoop();
        _loop.Start();
        _client = NftablesClient.Open(_loop, new NetlinkSocketOptions { NetworkNamespace = _inside });
        try
        {
            await _client.GetTablesAsync();
        }
        catch (NetlinkException e)
        {
            Assert.Inconclusive($"this kernel has no nf_tables: {e.Message}");
        }
    }

    [TearDown]
    public async Task CloseNamespace()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        _loop?.Dispose();
        _inside?.Dispose();
        _namespace?.Dispose();
        (_client, _loop, _inside, _namespace) = (null, null, null, null);
    }

    /// <summary>Runs nft(8) in the namespace.</summary>
    protected string Nft(string? script, params string[] arguments)
    {
        var program = new[] { "/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft" }.FirstOrDefault(File.Exists);
        Assume.That(program, Is.Not.Null, "needs nft (Debian package nftables)");
        if (script is not null)
            arguments = ["-f", "-"];
        using var process = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", Namespace.Name, program!, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (script is not null)
            process.StandardInput.Write(script);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.Result);
        return output.Result;
    }

    protected string ListRuleset() => Nft(null, "list", "ruleset").Trim();
}
