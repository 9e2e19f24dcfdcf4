using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Scripts;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>The <c>auth_hmac</c> block: what is taken, what is refused, and that no key is ever repeated.</summary>
public sealed class AuthHmacTests
{
    private const string KeyFile = "/etc/keepalived/vrrp.key";
    private static readonly string Key = "S3CR-" + new string('x', 27);

    [Test]
    public void Block_Complete_IsTakenWithoutAWord()
    {
        var (hmac, result) = Read($"key 1 {Key}\nkey 2 hex:{Hex(64)}\nactive_key 2\nmode permissive\nanti_replay time\ntime_window 20");
        Assert.That(result.Diagnostics, Is.Empty);
        Assert.That(hmac, Is.EqualTo(new AuthHmacConfiguration
        {
            Keys =
            [
                new HmacKeyConfiguration(1, new Secret(System.Text.Encoding.ASCII.GetBytes(Key))),
                new HmacKeyConfiguration(2, new Secret(Bytes(64))),
            ],
            ActiveKey = 2,
            Mode = HmacMode.Permissive,
            TimeWindow = TimeSpan.FromSeconds(20),
        }));
    }

    [TestCase("key 1 {0}", "no active_key", TestName = "Block_WithoutActiveKey_IsLeftOut")]
    [TestCase("key 1 {0}\nactive_key 2", "no key 2", TestName = "Block_WithAnActiveKeyThatIsNone_IsLeftOut")]
    [TestCase("active_key 2", "no usable key", TestName = "Block_WithoutKeys_IsLeftOut")]
    [TestCase("key 1 short\nactive_key 1", "no usable key", TestName = "Block_WithoutUsableKeys_IsLeftOut")]
    public void Block_Unusable_IsLeftOut(string block, string message)
    {
        var (hmac, result) = Read(string.Format(System.Globalization.CultureInfo.InvariantCulture, block, Key));
        Assert.That(hmac, Is.Null);
        Assert.That(result.HasFaults, Is.True);
        Assert.That(Load.Describe(result), Does.Contain(message));
    }

    [TestCase(31, false)]
    [TestCase(32, true)]
    [TestCase(64, true)]
    [TestCase(65, false)]
    public void Key_OfALength_IsTakenFrom32To64Bytes(int length, bool taken)
    {
        foreach (var value in (string[])[new string('k', length), "hex:" + Hex(length)])
        {
            var (hmac, result) = Read($"key 1 {value}\nactive_key 1");
            Assert.That((hmac is not null, result.HasFaults), Is.EqualTo((taken, !taken)));
        }
    }

    [TestCase("key 0 {0}")]
    [TestCase("key 256 {0}")]
    [TestCase("key -1 {0}")]
    [TestCase("key {0} 1")]
    [TestCase("key {0}")]
    [TestCase("key 1")]
    [TestCase("key 1 hex:{0}")]
    [TestCase("key 1 {0}{0}{0}")]
    [TestCase("key 1 {0}\nkey 1 another-{0}")]
    [TestCase("key 1 file:/nowhere/{0}")]
    public void Key_Wrong_IsAFaultThatDoesNotRepeatIt(string line)
    {
        var (_, result) = Read(line.Replace("{0}", Key, StringComparison.Ordinal) + $"\nkey 3 {new string('k', 32)}\nactive_key 3");
        Assert.That(result.HasFaults, Is.True);
        if (!line.Contains("file:", StringComparison.Ordinal))
            Assert.That(Load.Describe(result), Does.Not.Contain("S3CR"));
    }

    [Test]
    public void Key_GivenTwice_TheFirstStays()
    {
        var (hmac, _) = Read($"key 1 {Key}\nkey 1 {new string('k', 32)}\nactive_key 1");
        Assert.That(hmac!.Keys, Has.Count.EqualTo(1));
        Assert.That(hmac.Keys[0].Key, Is.EqualTo(new Secret(System.Text.Encoding.ASCII.GetBytes(Key))));
    }

    [TestCase("\n", 0x8180u)]
    [TestCase("\r\n", 0x8180u)]
    [TestCase("", 0x8100u)]
    public void KeyFile_OfItsOwnerAlone_IsRead(string end, uint mode)
    {
        foreach (var content in (string[])["hex:" + Hex(32), System.Text.Encoding.ASCII.GetString(Bytes(32, 'A'))])
        {
            var (hmac, result) = Read($"key 1 file:{KeyFile}\nactive_key 1", content + end, mode);
            Assert.That(result.Diagnostics, Is.Empty, Load.Describe(result));
            Assert.That(hmac!.Keys[0].Key.Length, Is.EqualTo(32));
        }
    }

    [TestCase(0x81a4u, TestName = "KeyFile_ThatAllMayRead_IsReportedAndUsed")]
    [TestCase(0x81a0u, TestName = "KeyFile_ThatTheGroupMayRead_IsReportedAndUsed")]
    public void KeyFile_ThatOthersMayRead_IsReportedAndUsed(uint mode)
    {
        var (hmac, result) = Read($"key 1 file:{KeyFile}\nactive_key 1", Key, mode);
        Assert.That(hmac, Is.Not.Null);
        Assert.That(result.HasFaults, Is.False);
        Assert.That(result.Diagnostics.Select(static d => d.Code), Is.EqualTo([DiagnosticCodes.KeyExposed]));
    }

    [Test]
    public void KeyFile_TooLongOrWrong_IsAFault()
    {
        foreach (var content in (string[])[new string('S', 200), "hex:" + Hex(65), "file:" + KeyFile, ""])
        {
            var (hmac, result) = Read($"key 1 file:{KeyFile}\nactive_key 1", content, 0x8180);
            Assert.That(hmac, Is.Null);
            Assert.That(result.HasFaults, Is.True);
        }
    }

    [Test]
    public void Block_BesideAuthentication_Wins()
    {
        var (hmac, result) = Read($"key 1 {Key}\nactive_key 1", after: "authentication {\nauth_type PASS\nauth_pass x\n}");
        Assert.That(hmac, Is.Not.Null);
        Assert.That(result.Configuration.VrrpInstances[0].Authentication, Is.Null);
        Assert.That(result.HasFaults, Is.True);
    }

    [Test]
    public void Block_InStrictMode_Enforces()
    {
        var (hmac, result) = Read($"key 1 {Key}\nactive_key 1\nmode receive-only", after: "strict_mode");
        Assert.That(hmac!.Mode, Is.EqualTo(HmacMode.Enforce));
        Assert.That(Load.Describe(result), Does.Contain("enforce"));
    }

    [Test]
    public void TimeWindow_WithMonotonic_IsRemarkedOn()
    {
        var (_, result) = Read($"key 1 {Key}\nactive_key 1\nanti_replay monotonic\ntime_window 5");
        Assert.That((result.HasFaults, result.Diagnostics.Count), Is.EqualTo((false, 1)));
    }

    /// <summary>Over IPv6 an Ethernet frame holds fewer addresses than a packet may count.</summary>
    [TestCase("enforce", 88)]
    [TestCase("receive-only", 89)]
    public void Trailer_TakesItsPlaceFromTheAddresses(string mode, int expected)
    {
        var addresses = string.Join('\n', Enumerable.Range(1, 100).Select(static i => $"fe80::{i:x}"));
        var (_, result) = Read($"key 1 {Key}\nactive_key 1\nmode {mode}", after: $"virtual_ipaddress {{\n{addresses}\n}}", addresses: "");
        var instance = result.Configuration.VrrpInstances[0];
        Assert.That((instance.VirtualAddresses.Count, instance.ExcludedAddresses.Count), Is.EqualTo((expected, 100 - expected)));
    }

    [Test]
    public void Secrets_InRecords_AreNotPrinted()
    {
        var (hmac, result) = Read($"key 1 {Key}\nactive_key 1");
        Assert.That($"{hmac} {hmac!.Keys} {result.Configuration.VrrpInstances[0]} {result.Configuration}", Does.Not.Contain("S3CR"));
    }

    private static string Hex(int length) => Convert.ToHexStringLower(Bytes(length));

    private static byte[] Bytes(int length, int first = 1) => [.. Enumerable.Range(first, length).Select(static i => (byte)i)];

    private static (AuthHmacConfiguration? Hmac, ConfigurationResult Result) Read(
        string block, string? file = null, uint mode = 0, string after = "", string addresses = "virtual_ipaddress {\n192.0.2.100\n}")
    {
        var options = Load.Options(
            $"vrrp_instance VI {{\ninterface eth0\nvirtual_router_id 51\n{addresses}\nauth_hmac {{\n{block}\n}}\n{after}\n}}\n");
        if (file is not null)
        {
            ((MemorySource)options.Source!).Add(KeyFile, file);
            ((FakeScripts)options.Scripts!).Files[KeyFile] = new ScriptFileStatus(mode, 0, 0);
        }

        var result = ConfigurationLoader.Load(options);
        return (result.Configuration.VrrpInstances[0].AuthHmac, result);
    }
}
