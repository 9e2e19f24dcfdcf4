using System.Buffers.Binary;
using System.Text;

namespace Keepalived.Checkers.Dns;

/// <summary>The bytes of a DNS check: one question out, the head of a reply in (RFC 1035 section 4).</summary>
public static class DnsMessage
{
    /// <summary>The fixed part of a message.</summary>
    public const int HeaderLength = 12;

    private const int MaxNameLength = 255; // RFC 1035 section 2.3.4
    private const int MaxLabelLength = 63;
    private const ushort RecursionDesired = 0x0100;
    private const byte ResponseFlag = 0x80;

    /// <summary>Builds a question: recursion desired, class IN, no EDNS. The id is zero; see <see cref="SetId"/>.</summary>
    /// <param name="name">What is asked for: labels of ASCII with dots between them; "." or nothing is the root. A dot at the end is
    /// allowed.</param>
    /// <param name="type">The record type.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ArgumentException">The name is no name.</exception>
    public static byte[] BuildQuery(string name, DnsRecordType type)
    {
        ArgumentNullException.ThrowIfNull(name);
        var labels = name is "." or "" ? [] : (name.EndsWith('.') ? name[..^1] : name).Split('.');
        foreach (var label in labels)
        {
            if (label.Length is 0 or > MaxLabelLength || !Ascii.IsValid(label))
                throw new ArgumentException($"'{label}' is no label of a domain name.", nameof(name));
        }

        var nameLength = labels.Sum(label => label.Length + 1) + 1;
        if (nameLength > MaxNameLength)
            throw new ArgumentException($"'{name}' is longer than a domain name may be.", nameof(name));
        var message = new byte[HeaderLength + nameLength + 4];
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), RecursionDesired);
        message[5] = 1; // one question
        var at = HeaderLength;
        foreach (var label in labels)
        {
            message[at++] = (byte)label.Length;
            at += Encoding.ASCII.GetBytes(label, message.AsSpan(at));
        }

        message[at + 2] = (byte)type;
        message[at + 4] = 1; // class IN
        return message;
    }

    /// <summary>Writes the id that tells the reply.</summary>
    /// <param name="message">A message, at least <see cref="HeaderLength"/> bytes.</param>
    /// <param name="id">The id.</param>
    public static void SetId(Span<byte> message, ushort id) => BinaryPrimitives.WriteUInt16BigEndian(message, id);

    /// <summary>Whether a datagram is the reply to a question, and which code it carries. Total: any bytes.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="id">The question's id.</param>
    /// <param name="responseCode">The RCODE, 0 to 15 (RFC 1035 section 4.1.1); 0 is no error.</param>
    /// <returns><see langword="false"/> for whatever is not the reply.</returns>
    public static bool TryReadReply(ReadOnlySpan<byte> datagram, ushort id, out int responseCode)
    {
        responseCode = 0;
        if (datagram.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(datagram) != id || (datagram[2] & ResponseFlag) == 0)
            return false;
        responseCode = datagram[3] & 0x0f;
        return true;
    }
}
