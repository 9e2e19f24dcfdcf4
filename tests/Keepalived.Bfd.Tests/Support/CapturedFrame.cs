using System.Text.Json;

namespace Keepalived.Bfd.Tests.Support;

/// <summary>A BFD datagram of a recorded session between real implementations, or of the hand-made malformed ones.</summary>
internal sealed record CapturedFrame(string Capture, int Index, byte[] Payload, int HopLimit, JsonElement Fields)
{
    private const int EthernetSize = 14;
    private const int UdpSize = 8;

    /// <summary>The frames of a capture that go to one UDP port.</summary>
    public static IEnumerable<CapturedFrame> Load(string capture, params int[] ports)
    {
        using var stream = typeof(CapturedFrame).Assembly.GetManifestResourceStream(capture)
            ?? throw new FileNotFoundException($"No capture {capture}.");
        var frames = JsonDocument.Parse(stream).RootElement;
        var index = 0;
        foreach (var frame in frames.EnumerateArray())
        {
            index++;
            var bytes = Convert.FromHexString(frame.GetProperty("hex").GetString()!);
            if (TryGetPayload(bytes, out var port, out var hopLimit, out var payload) && ports.Contains(port))
                yield return new CapturedFrame(capture, index, payload, hopLimit, frame);
        }
    }

    public override string ToString() => $"{Capture} frame {Index}";

    private static bool TryGetPayload(byte[] frame, out int port, out int hopLimit, out byte[] payload)
    {
        (port, hopLimit, payload) = (0, 0, []);
        if (frame.Length < EthernetSize + 20)
            return false;
        var isIPv6 = frame[12] == 0x86 && frame[13] == 0xdd;
        var isIPv4 = frame[12] == 0x08 && frame[13] == 0x00;
        if (!isIPv4 && !isIPv6)
            return false;
        var protocol = frame[EthernetSize + (isIPv6 ? 6 : 9)];
        hopLimit = frame[EthernetSize + (isIPv6 ? 7 : 8)];
        var udp = EthernetSize + (isIPv6 ? 40 : (frame[EthernetSize] & 0xf) * 4);
        if (protocol != 17 || frame.Length < udp + UdpSize)
            return false;
        port = (frame[udp + 2] << 8) | frame[udp + 3];
        var length = (frame[udp + 4] << 8) | frame[udp + 5];
        payload = frame[(udp + UdpSize)..Math.Min(frame.Length, udp + length)];
        return true;
    }
}
