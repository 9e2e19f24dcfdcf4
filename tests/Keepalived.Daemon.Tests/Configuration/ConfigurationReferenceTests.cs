using System.Runtime.CompilerServices;
using Keepalived.Daemon.Configuration.Documentation;

namespace Keepalived.Daemon.Tests.Configuration;

public sealed class ConfigurationReferenceTests
{
    [Test]
    public void Reference_InDocs_IsWhatTheTableSays()
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/configuration.md"));
        if (Environment.GetEnvironmentVariable("KEEPALIVED_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, ConfigurationReference.ToMarkdown());
        Assert.That(File.ReadAllText(path), Is.EqualTo(ConfigurationReference.ToMarkdown()), "KEEPALIVED_UPDATE_GOLDEN=1 writes it again");
    }

    [Test]
    public void Explanation_OfAKeyword_HasWhatThereIsToKnow() =>
        Assert.That(ConfigurationReference.Explain("vrrp_garp_master_delay"),
            Is.EqualTo("vrrp_garp_master_delay 0..4294\n    in global_defs, since 1.2.20\n"
            + "    When gratuitous ARP is sent a second time after becoming master; 0: not at all.\n    default: 5 s\n"));

    [Test]
    public void Explanation_OfNoKeyword_IsNone() => Assert.That(ConfigurationReference.Explain("no_such_keyword"), Is.Null);

    private static string Here([CallerFilePath] string path = "") => path;
}
