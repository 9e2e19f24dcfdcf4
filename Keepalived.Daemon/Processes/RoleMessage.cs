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

    /// <summary>Whether what is tracked as virtual servers of a name has its quorum.</summary>
    public static RoleMessage OfQuorum(string name, bool hasQuorum) =>
        new(RoleMessageKind.QuorumState, (hasQuorum ? "+" : "-") + name);

    /// <summary>Whether it tells one child of another's: its text is a sign and a name.</summary>
    public bool IsNews => Kind is RoleMessageKind.InstanceState or RoleMessageKind.QuorumState && Text.Length > 1;

    /// <summary>What the news are about.</summary>
    public string NewsName => Text[1..];

    /// <summary>What the news say: that the instance is master, that there is a quorum.</summary>
    public bool NewsState => Text[0] == '+';

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
        if (bytes.Length < 2 || bytes[0] != Version || bytes[1] is < (byte)RoleMessageKind.Started or > (byte)RoleMessageKind.QuorumState)
            return false;
        message = new RoleMessage((RoleMessageKind)bytes[1], Encoding.UTF8.GetString(bytes[2..]));
        return true;
    }
}
