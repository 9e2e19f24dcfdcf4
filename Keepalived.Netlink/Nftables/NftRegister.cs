namespace Keepalived.Netlink.Nftables;

/// <summary>
/// The registers of the packet filter's machine (enum nft_registers). A value longer than a register goes on in the next ones: four of 16
/// bytes, which are also sixteen of 4 bytes. A concatenation stands in a row of 4-byte registers.
/// </summary>
public static class NftRegister
{
    /// <summary>The verdict.</summary>
    public const uint Verdict = 0;

    /// <summary>16 bytes; also <see cref="Word"/> 0 to 3.</summary>
    public const uint R1 = 1;

    /// <summary>16 bytes; also <see cref="Word"/> 4 to 7.</summary>
    public const uint R2 = 2;

    /// <summary>16 bytes; also <see cref="Word"/> 8 to 11.</summary>
    public const uint R3 = 3;

    /// <summary>16 bytes; also <see cref="Word"/> 12 to 15.</summary>
    public const uint R4 = 4;

    /// <summary>
    /// One of the sixteen registers of 4 bytes, by the number that the kernel lists it under: <see cref="R1"/> for 0, <see cref="R2"/>
    /// for 4, and so on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not 0 to 15.</exception>
    public static uint Word(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 15);
        return number % 4 == 0 ? R1 + (uint)number / 4 : 8 + (uint)number;
    }
}
