using System.Collections.Immutable;
using System.Net.Sockets;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

/// <summary>Classic BPF programs that let through Ethernet frames with UDP to port 3785, so that no other packet costs us anything.</summary>
internal static class EchoFilter
{
    private const byte Udp = 17;
    private const uint Everything = ushort.MaxValue;

    // BPF_LD | BPF_B | BPF_ABS, BPF_LD | BPF_H | BPF_ABS, BPF_LD | BPF_H | BPF_IND, BPF_LDX | BPF_B | BPF_MSH of linux/bpf_common.h.
    private const ushort LoadByte = 0x30;
    private const ushort LoadHalf = 0x28;
    private const ushort LoadHalfIndexed = 0x48;
    private const ushort LoadHeaderLength = 0xb1;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfSet = 0x45;
    private const ushort Return = 0x06;

    public static ImmutableArray<SocketFilterInstruction> For(AddressFamily family) => family == AddressFamily.InterNetwork ? IPv4 : IPv6;

    private static ImmutableArray<SocketFilterInstruction> IPv4 { get; } =
    [
        new(LoadByte, 0, 0, 14 + 9),
        new(JumpIfEqual, 0, 6, Udp),
        new(LoadHalf, 0, 0, 14 + 6),
        new(JumpIfSet, 4, 0, 0x1fff),
        new(LoadHeaderLength, 0, 0, 14),
        new(LoadHalfIndexed, 0, 0, 14 + 2),
        new(JumpIfEqual, 0, 1, BfdPorts.Echo),
        new(Return, 0, 0, Everything),
        new(Return, 0, 0, 0),
    ];

    private static ImmutableArray<SocketFilterInstruction> IPv6 { get; } =
    [
        new(LoadByte, 0, 0, 14 + 6),
        new(JumpIfEqual, 0, 3, Udp),
        new(LoadHalf, 0, 0, 14 + 40 + 2),
        new(JumpIfEqual, 0, 1, BfdPorts.Echo),
        new(Return, 0, 0, Everything),
        new(Return, 0, 0, 0),
    ];
}
