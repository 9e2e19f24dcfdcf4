using System.Buffers;
using System.Net.Sockets;
using CsCheck;
using Keepalived.Ipvs.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs.Tests.Wire;

/// <summary>Answers, as kernels of several ages write them, and bytes that are none.</summary>
public sealed class AnswerTests
{
    private const string Udp =
        "06000100" + "0A000000" + "06000200" + "11000000" + "14000300" + "20010DB8000000000000000000000001" + "06000400" + "00350000";

    [Test]
    public void Service_OfAnOldKernel_HasItsNarrowStatistics()
    {
        var error = ParseService(
            "01010000" + "B0000100" + Udp + "07000600" + "72720000" + "0C000700" + "07000000" + "FFFFFFFF"
            + "08000800" + "2C010000" + "08000900" + "30000000"
            + "5C000A00" + "08000100" + "01000000" + "08000200" + "02000000" + "08000300" + "03000000"
            + "0C000400" + "0400000001000000" + "0C000500" + "0500000000000000"
            + "08000600" + "06000000" + "08000700" + "07000000" + "08000800" + "08000000"
            + "08000900" + "09000000" + "08000A00" + "0A000000",
            out var entry);
        Assert.That(error, Is.EqualTo(NetlinkDecodeError.None));
        Assert.That(entry, Is.EqualTo(new IpvsServiceEntry
        {
            Service = new IpvsService
            {
                Key = IpvsServiceKey.Create(IpvsProtocol.Udp, InetAddress.Parse("2001:db8::1"), 53),
                Scheduler = "rr",
                Flags = IpvsServiceFlags.OnePacket,
                Persistence = new IpvsPersistence { Timeout = TimeSpan.FromSeconds(300), Granularity = IpvsGranularity.Prefix(48) },
            },
            Statistics = new IpvsStatistics
            {
                Connections = 1,
                IncomingPackets = 2,
                OutgoingPackets = 3,
                IncomingBytes = 0x1_0000_0004,
                OutgoingBytes = 5,
                ConnectionRate = 6,
                IncomingPacketRate = 7,
                OutgoingPacketRate = 8,
                IncomingByteRate = 9,
                OutgoingByteRate = 10,
            },
        }));
    }

    [TestCase("0A00", "0C00")]
    [TestCase("0C00", "0A00")]
    public void Service_WithBothStatistics_HasTheWideOnes(string first, string second)
    {
        var narrow = "08000100" + "01000000";
        var wide = "0C000100" + "0000000001000000";
        var firstIsWide = first == "0C00";
        var error = ParseService(
            "01010000" + "5400" + "0100" + Udp + "07000600" + "72720000"
            + (firstIsWide ? $"1000{first}{wide}0C00{second}{narrow}" : $"0C00{first}{narrow}1000{second}{wide}"),
            out var entry);
        Assert.That(error, Is.EqualTo(NetlinkDecodeError.None));
        Assert.That(entry!.Statistics.Connections, Is.EqualTo(1UL << 32));
    }

    [Test]
    public void Destination_WithoutAFamily_IsOfThatOfItsService()
    {
        var error = ParseDestination(
            "05010000" + "48000200" + "14000100" + "C000020A000000000000000000000000" + "06000200" + "1F900000"
            + "08000300" + "00010000" + "08000400" + "05000000"
            + "08000700" + "03000000" + "08000800" + "04000000" + "08000900" + "05000000",
            out var entry);
        Assert.That(error, Is.EqualTo(NetlinkDecodeError.None));
        Assert.That(entry, Is.EqualTo(new IpvsDestinationEntry
        {
            Destination = new IpvsDestination { Address = InetAddress.Parse("192.0.2.10"), Port = 8080, Weight = 5 },
            ActiveConnections = 3,
            InactiveConnections = 4,
            PersistentConnections = 5,
        }));
    }

    [TestCase("", NetlinkDecodeError.TruncatedPayload)]
    [TestCase("02010000", NetlinkDecodeError.WrongType)]
    [TestCase("01010000", NetlinkDecodeError.MissingAttribute)]
    [TestCase("01010000" + "04000100", NetlinkDecodeError.MissingAttribute, Description = "empty")]
    [TestCase("01010000" + "0C000100" + "06000100" + "02000000", NetlinkDecodeError.MissingAttribute, Description = "a family alone")]
    [TestCase("01010000" + "0C000100" + "06000100" + "03000000", NetlinkDecodeError.MalformedAttribute, Description = "another family")]
    [TestCase("01010000" + "0C000100" + "08000100" + "02000000", NetlinkDecodeError.MalformedAttribute, Description = "4 bytes")]
    [TestCase("01010000" + "0C000100" + "0C000700" + "02000000", NetlinkDecodeError.MalformedAttribute, Description = "beyond the end")]
    [TestCase(
        "01010000" + "2C000100" + "06000100" + "0A000000" + "06000200" + "06000000" + "08000300" + "C0000201" + "06000400" + "00500000"
        + "07000600" + "72720000", NetlinkDecodeError.MalformedAttribute, Description = "4 bytes of IPv6")]
    public void Service_ThatIsNone_IsAnError(string payload, NetlinkDecodeError expected)
    {
        Assert.That(ParseService(payload, out var entry), Is.EqualTo(expected));
        Assert.That(entry, Is.Null);
    }

    [Test]
    public void RandomBytes_AreNeverAnException() => Gen.Select(Gen.Byte.Array[0, 120], Gen.Byte[1, 15]).Sample((bytes, command) =>
    {
        // Mostly nonsense inside something that looks right so far.
        var nest = (byte)(command is 5 ? 2 : command is 9 ? 3 : 1);
        byte[] framed = [command, 1, 0, 0, .. BitConverter.GetBytes((ushort)(bytes.Length + 4)), nest, 0, .. bytes];
        foreach (var payload in new[] { bytes, framed })
        {
            WithMessage(payload, static (in NetlinkMessage message) =>
            {
                var error = IpvsServiceEntry.TryParse(message, out var service);
                Assert.That(service is null, Is.EqualTo(error != NetlinkDecodeError.None));
                _ = service?.ToString();
                error = IpvsDestinationEntry.TryParse(message, AddressFamily.InterNetwork, out var destination);
                Assert.That(destination is null, Is.EqualTo(error != NetlinkDecodeError.None));
                _ = destination?.ToString();
                error = DaemonCodec.TryParse(message, out var daemon);
                Assert.That(daemon is null, Is.EqualTo(error != NetlinkDecodeError.None));
                error = SettingsCodec.TryParse(message, out IpvsTimeouts? timeouts);
                Assert.That(timeouts is null, Is.EqualTo(error != NetlinkDecodeError.None));
                error = SettingsCodec.TryParse(message, out IpvsInfo? info);
                Assert.That(info is null, Is.EqualTo(error != NetlinkDecodeError.None));
                return 0;
            });
        }
    }, iter: 20_000);

    [Test]
    public void DamagedAnswers_AreNeverAnException() => Gen.Select(Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 200]).Sample((at, value, cut) =>
    {
        var payload = Convert.FromHexString(
            "01010000" + "6C000180" + Udp + "08000600" + "776C6300" + "08000B00" + "73697000" + "0C000700" + "19000000" + "FFFFFFFF"
            + "08000800" + "2C010000" + "08000900" + "40000000" + "0C000A00" + "08000100" + "01000000");
        payload[at % payload.Length] = value;
        WithMessage(payload.AsSpan(0, Math.Min(payload.Length, Math.Max(cut, 4))).ToArray(), static (in NetlinkMessage message) =>
        {
            var error = IpvsServiceEntry.TryParse(message, out var service);
            Assert.That(service is null, Is.EqualTo(error != NetlinkDecodeError.None));
            return _ = service?.ToString()?.Length ?? 0;
        });
    }, iter: 20_000);

    private static NetlinkDecodeError ParseService(string payload, out IpvsServiceEntry? entry)
    {
        IpvsServiceEntry? parsed = null;
        var error = WithMessage(
            Convert.FromHexString(payload), (in NetlinkMessage message) => IpvsServiceEntry.TryParse(message, out parsed));
        entry = parsed;
        return error;
    }

    private static NetlinkDecodeError ParseDestination(string payload, out IpvsDestinationEntry? entry)
    {
        IpvsDestinationEntry? parsed = null;
        var error = WithMessage(
            Convert.FromHexString(payload),
            (in NetlinkMessage message) => IpvsDestinationEntry.TryParse(message, AddressFamily.InterNetwork, out parsed));
        entry = parsed;
        return error;
    }

    private static T WithMessage<T>(byte[] payload, Use<T> use)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new NetlinkMessageWriter(output, 0x21, NetlinkMessageFlags.None);
        payload.CopyTo(writer.WriteFixedHeader(payload.Length));
        writer.Complete();
        Assert.That(NetlinkMessage.TryParse(output.WrittenSpan, out var message, out _), Is.EqualTo(NetlinkDecodeError.None));
        return use(message);
    }

    private delegate T Use<T>(in NetlinkMessage message);
}
