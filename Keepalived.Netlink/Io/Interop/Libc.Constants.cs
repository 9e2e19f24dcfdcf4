namespace Keepalived.Netlink.Io.Interop;

/// <summary>Constants of the kernel's headers, generic architectures (x86, ARM, RISC-V).</summary>
internal static unsafe partial class Libc
{
    // fcntl.h; the same bits serve as SOCK_CLOEXEC, EPOLL_CLOEXEC, EFD_CLOEXEC, TFD_CLOEXEC and their non-blocking relatives.
    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;

    // sys/socket.h
    public const int AfInet = 2;
    public const int AfInet6 = 10;
    public const int AfNetlink = 16;
    public const int AfPacket = 17;
    public const int SockStream = 1;
    public const int SockDgram = 2;
    public const int SockRaw = 3;
    public const int MsgTrunc = 0x20;
    public const int MsgCTrunc = 0x8;
    public const int MsgPeek = 0x2;
    public const int MsgDontWait = 0x40;
    public const int MsgNoSignal = 0x4000;

    // asm-generic/socket.h
    public const int SolSocket = 1;
    public const int SoReuseAddr = 2;
    public const int SoError = 4;
    public const int SoBroadcast = 6;
    public const int SoSndBuf = 7;
    public const int SoRcvBuf = 8;
    public const int SoPriority = 12;
    public const int SoLinger = 13;
    public const int SoReusePort = 15;
    public const int SoBindToDevice = 25;
    public const int SoAttachFilter = 26;
    public const int SoSndBufForce = 32;
    public const int SoRcvBufForce = 33;
    public const int SoMark = 36;
    public const int SoRxqOvfl = 40;
    public const int SoDomain = 39;

    // linux/in.h
    public const int SolIp = 0;
    public const int IpTos = 1;
    public const int IpTtl = 2;
    public const int IpHdrIncl = 3;
    public const int IpPktInfo = 8;
    public const int IpRecvTtl = 12;
    public const int IpFreeBind = 15;
    public const int IpMinTtl = 21;
    public const int IpMulticastIf = 32;
    public const int IpMulticastTtl = 33;
    public const int IpMulticastLoop = 34;
    public const int IpAddMembership = 35;
    public const int IpDropMembership = 36;
    public const int IpMulticastAll = 49;

    // linux/in6.h
    public const int SolIpv6 = 41;
    public const int Ipv6Checksum = 7;
    public const int Ipv6UnicastHops = 16;
    public const int Ipv6MulticastIf = 17;
    public const int Ipv6MulticastHops = 18;
    public const int Ipv6MulticastLoop = 19;
    public const int Ipv6AddMembership = 20;
    public const int Ipv6DropMembership = 21;
    public const int Ipv6V6Only = 26;
    public const int Ipv6MulticastAll = 29;
    public const int Ipv6RecvPktInfo = 49;
    public const int Ipv6PktInfo = 50;
    public const int Ipv6RecvHopLimit = 51;
    public const int Ipv6HopLimit = 52;
    public const int Ipv6TrafficClass = 67;
    public const int Ipv6MinHopCount = 73;
    public const int Ipv6FreeBind = 78;

    // linux/if_packet.h
    public const int SolPacket = 263;
    public const int PacketIgnoreOutgoing = 23;

    // sys/epoll.h
    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const int EpollModify = 3;
    public const uint EpollEdgeTriggered = 1u << 31;
    public const uint EpollIn = 1;

    // sys/timerfd.h
    public const int TimerAbsolute = 1;

    // sched.h
    public const int CloneNewNet = 0x40000000;
    public const int SchedOther = 0;
    public const int SchedRoundRobin = 2;
    public const int SchedBatch = 3;
    public const int SchedResetOnFork = 0x40000000;

    // sys/prctl.h
    public const int PrSetTimerSlack = 29;
    public const int PrGetTimerSlack = 30;
}
