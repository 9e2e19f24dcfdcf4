using System.Text;

namespace Keepalived.Daemon.Processes;

/// <summary>One message on a <see cref="RoleChannel"/>: a version byte, the kind, and a text.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Text">More of it in words, cut after <see cref="MaximumTextLength"/> bytes; mostly empty.</param>
internal readonly record struct RoleMessage(RoleMessageKind Kind, string Text = "")
{
    /// <summary>The longest text in UTF-8 bytes.</summary>
    public const int MaximumTextLength = 1000;

    /// <summary>The longest message in bytes.</summary>
    public const int MaximumLength = 2 + MaximumTextLength;

    private const byte Version = 1;

    /// <summary>Whether a VRRP instance is master.</summary>
    public static RoleMessage OfInstance(string name, bool isMaster) =>
        new(RoleMessageKind.InstanceState, (isMaster ? "+" : "-") + name);

    /// <summary>Writes the message; returns its length.</summary>
    /// <param name="destination">At least <see cref="MaximumLength"/> bytes.</param>
    public int Write(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)Kind;
        Encoding.UTF8.GetEncoder().Convert(Text, destination.Slice(2, MaximumTextLength), flush: true, out _, out var length, out _);
        return 2 + length;
    }

    /// <summary>Reads a message. False if it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RoleMessage message)
    {
        message = default;
        if (bytes.Length < 2 || bytes[0] != Version || bytes[1] is < (byte)RoleMessageKind.Started or > (byte)RoleMessageKind.InstanceState)
            return false;
        message = new RoleMessage((RoleMessageKind)bytes[1], Encoding.UTF8.GetString(bytes[2..]));
        return true;
    }
}
