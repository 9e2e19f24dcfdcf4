using System.Text;
using BenchmarkDotNet.Attributes;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Sources;

namespace Keepalived.Benchmarks.Configuration;

/// <summary>Loading configurations: one router, and real servers by the thousand.</summary>
[MemoryDiagnoser]
public class ConfigurationBenchmarks
{
    private ConfigurationLoadOptions _router = null!;
    private ConfigurationLoadOptions _servers = null!;

    [Params(1000, 50_000)]
    public int RealServers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _router = Options("vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n10.0.0.1/24\n}\n}\n");
        var text = new StringBuilder();
        for (var i = 0; i < RealServers; i++)
        {
            if (i % 100 == 0)
                text.Append($"virtual_server 192.168.{i / 20000}.{i / 100 % 200 + 1} 80 {{\nlvs_sched rr\nlvs_method NAT\nprotocol TCP\n");
            text.Append($"real_server 10.{i / 65025 + 1}.{i / 255 % 255}.{i % 255} 80 {{\nweight 1\n");
            text.Append("TCP_CHECK {\nconnect_timeout 3\nretry 3\n}\n}\n");
            if (i % 100 == 99)
                text.Append("}\n");
        }

        _servers = Options(text.ToString());
    }

    [Benchmark]
    public int OneRouter() => ConfigurationLoader.Load(_router).TestExitCode;

    [Benchmark]
    public int Servers() => ConfigurationLoader.Load(_servers).TestExitCode;

    private static ConfigurationLoadOptions Options(string text) => new()
    {
        Path = "keepalived.conf",
        ConfigId = "benchmark",
        RandomSeed = 1,
        TestMode = true,
        Source = new TextSource(Encoding.ASCII.GetBytes(text)),
    };

    private sealed class TextSource(byte[] text) : IConfigurationSource
    {
        public string CurrentDirectory => "/";

        public IReadOnlyList<string> Match(string pattern, string directory) => [pattern];

        public ConfigurationFile Read(string path, string directory) => new(ConfigurationFileStatus.Ok, text);

        public string? GetEnvironmentVariable(string name) => null;
    }
}
