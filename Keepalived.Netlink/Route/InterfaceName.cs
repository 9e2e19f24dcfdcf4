using System.Buffers;
using System.Text;

namespace Keepalived.Netlink.Route;

/// <summary>What the kernel takes as the name of an interface (dev_valid_name of net/core/dev.c).</summary>
public static class InterfaceName
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/: \t\r\n\v\f");

    /// <summary>Says what is wrong with a name, or <see langword="null"/>; no name at all is right.</summary>
    public static string? Check(string? name)
    {
        if (name is null)
            return null;
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > Link.MaxNameLength)
            return $"The interface name '{name}' must have 1 to {Link.MaxNameLength} bytes.";
        if (name is "." or ".." || name.AsSpan().ContainsAny(Forbidden))
            return $"'{name}' is not a valid interface name.";
        return null;
    }
}
