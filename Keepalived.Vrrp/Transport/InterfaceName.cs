using System.Buffers;
using System.Text;

namespace Keepalived.Vrrp.Transport;

/// <summary>What the kernel takes as the name of an interface (dev_valid_name of net/core/dev.c).</summary>
internal static class InterfaceName
{
    /// <summary>IFNAMSIZ - 1 of linux/if.h.</summary>
    private const int MaxLength = 15;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/: \t\r\n\v\f");

    /// <summary>Says what is wrong with a name, or <see langword="null"/>; no name at all is right.</summary>
    public static string? Check(string? name)
    {
        if (name is null)
            return null;
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > MaxLength)
            return $"The interface name '{name}' must have 1 to {MaxLength} bytes.";
        if (name is "." or ".." || name.AsSpan().ContainsAny(Forbidden))
            return $"'{name}' is not a valid interface name.";
        return null;
    }
}
