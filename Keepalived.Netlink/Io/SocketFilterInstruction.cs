using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Io;

/// <summary>One instruction of classic BPF (struct sock_filter of linux/filter.h).</summary>
/// <param name="Code">The operation (BPF_* of linux/bpf_common.h).</param>
/// <param name="JumpTrue">How many instructions to skip when a comparison holds.</param>
/// <param name="JumpFalse">How many to skip when it does not.</param>
/// <param name="Value">The operand.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct SocketFilterInstruction(ushort Code, byte JumpTrue, byte JumpFalse, uint Value);
