using System.Globalization;
using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <summary>
/// The words of a route or rule, read one after the other. A method that returns false has reported what is wrong; the entry is to be left
/// out.
/// </summary>
/// <param name="entry">The line.</param>
/// <param name="what">What it is, in messages: "route" or "rule".</param>
/// <param name="names">The names of tables, scopes and so on.</param>
internal sealed class EntryCursor(ValueReader entry, string what, NameTables names)
{
    private int _next;

    public NameTables Names => names;

    public ValueReader Entry => entry;

    /// <summary>The word that was read last.</summary>
    public int At => _next - 1;

    public string Word => entry.Text(At);

    public bool IsAtEnd => _next >= entry.Count;

    public bool Read()
    {
        if (IsAtEnd)
            return false;
        _next++;
        return true;
    }

    /// <summary>Takes the next word back.</summary>
    public void Unread() => _next--;

    /// <summary>Whether the next word is this one; it is not read.</summary>
    public bool IsNext(string word) => !IsAtEnd && entry[_next].SequenceEqual(word);

    /// <summary>Reads the value of an option.</summary>
    public bool ReadValue()
    {
        if (Read())
            return true;
        entry.Context.ReportMissing(entry.Keyword, entry.Statement, fatal: true, message: $"{entry.Keyword.Name}: a value must follow {Word}");
        return false;
    }

    /// <summary>Says what is wrong with the word read last.</summary>
    /// <returns>False.</returns>
    public bool Fail(string message, string? expected = null)
    {
        entry.Invalid(At, $"{message}; the {what} is left out", expected);
        return false;
    }

    /// <summary>Says what is wrong without leaving the entry out.</summary>
    public void Complain(string message, string? expected = null) => entry.Invalid(At, message, expected);

    /// <summary>A decimal number.</summary>
    public bool ReadNumber(string option, uint min, uint max, out uint value)
    {
        value = 0;
        if (!ReadValue())
            return false;
        if (uint.TryParse(entry[At], NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max)
            return true;
        entry.InvalidNumber(At, $"'{Word}' is no {option}; the {what} is left out", $"a number from {min} to {max}");
        return false;
    }

    /// <summary>A number in any C base.</summary>
    public bool ReadAnyBase(string option, uint max, out uint value)
    {
        value = 0;
        if (!ReadValue())
            return false;
        if (!Integers.TryParseAnyBase(entry[At], out var number) || number < 0 || number > max)
            return Fail($"'{Word}' is no {option}", $"a number up to {max}");
        value = (uint)number;
        return true;
    }

    /// <summary>A name of a table, or a number in any C base.</summary>
    public bool ReadName(string option, NameTable table, uint max, out uint value)
    {
        value = 0;
        return ReadValue() && (table.TryFind(Word, max, out value) || Fail($"'{Word}' is no {option}{(names.Problem is { } problem ? $" ({problem})" : string.Empty)}", $"a name of iproute2 or a number up to {max}"));
    }

    /// <inheritdoc cref="ReadName"/>
    public bool ReadByte(string option, NameTable table, out byte value)
    {
        var ok = ReadName(option, table, byte.MaxValue, out var number);
        value = (byte)number;
        return ok;
    }

    /// <summary><c>DST</c> or <c>SRC/DST</c>.</summary>
    public bool ReadRealms(out uint value)
    {
        value = 0;
        if (!ReadValue())
            return false;
        var parts = Word.Split('/');
        if (parts.Length > 2)
            return Fail($"'{Word}' are no realms", "REALM or REALM/REALM");
        foreach (var part in parts)
        {
            if (!names.Realms.TryFind(part, byte.MaxValue, out var realm))
                return Fail($"'{part}' is no realm", "a name of iproute2 or a number up to 255");
            value = (value << 16) | realm;
        }

        return true;
    }

    /// <summary>An interface, which must exist unless interfaces are dynamic.</summary>
    public bool ReadInterface(out string name)
    {
        name = string.Empty;
        if (!ReadValue())
            return false;
        name = Word;
        if (name.Length > Syntaxes.MaxInterfaceName)
            return Fail($"'{name}' is too long for an interface");
        // As the original: an address may do without its interface, a route or rule not.
        entry.Context.RequireInterface(entry.Statement.LocationOf(At), name, entry.Keyword.Name);
        return true;
    }

    /// <summary>An address.</summary>
    public bool ReadAddress(AddressFamily family, out InetAddress address)
    {
        address = default;
        if (!ReadValue())
            return false;
        return (InetAddress.TryParse(entry[At], out address) && (family == AddressFamily.Unspecified || address.Family == family))
            || Fail($"'{Word}' is no {FamilyName(family)} address");
    }

    /// <summary>Makes a prefix of the word read last; a length that is none is reported, and the full one used.</summary>
    /// <returns>Whether it is an address at all; nothing is reported if not.</returns>
    public bool TryGetPrefix(out InetPrefix prefix)
    {
        var text = entry[At];
        var slash = text.IndexOf('/');
        prefix = default;
        if (!InetAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
            return false;
        if (slash < 0 || !InetPrefix.TryParse(text, out prefix))
        {
            prefix = InetPrefix.Host(address);
            if (slash >= 0)
                Complain($"'{text[(slash + 1)..]}' is no prefix length; {prefix.Length} is used", $"a number up to {prefix.Length}");
        }

        return true;
    }

    public static string FamilyName(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => "IPv4",
        AddressFamily.InterNetworkV6 => "IPv6",
        _ => "IP",
    };
}
