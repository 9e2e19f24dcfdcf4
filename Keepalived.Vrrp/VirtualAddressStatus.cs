namespace Keepalived.Vrrp;

/// <summary>A virtual address, and whether it is there at present.</summary>
/// <param name="Address">The address.</param>
/// <param name="Device">The interface that it is, or would be, on.</param>
/// <param name="IsExcluded">Whether it is not in the adverts.</param>
/// <param name="IsSet">Whether the router has set it.</param>
public readonly record struct VirtualAddressStatus(VirtualAddress Address, string Device, bool IsExcluded, bool IsSet);
