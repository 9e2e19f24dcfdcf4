using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Interop;

// Descriptors as passengers of messages: unix(7), SCM_RIGHTS.
internal static unsafe partial class Libc
{
    private const int SocketLevel = 1;
    private const int PassedDescriptors = 1;
    private const int MessageCloseOnExec = 0x40000000;

    [LibraryImport(Name, EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessageNative(SafeHandle socket, MessageHeader* message, int flags);

    [LibraryImport(Name, EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessageNative(SafeHandle socket, MessageHeader* message, int flags);

    /// <summary>Sends one message with a descriptor, without waiting and without SIGPIPE. Negative on failure.</summary>
    /// <param name="socket">A Unix socket.</param>
    /// <param name="message">At least one byte.</param>
    /// <param name="descriptor">What the receiver gets a duplicate of.</param>
    public static nint SendDescriptor(SafeHandle socket, ReadOnlySpan<byte> message, SafeHandle descriptor)
    {
        var control = new ControlMessage
        {
            Length = (nuint)ControlMessage.UsedSize,
            Level = SocketLevel,
            Type = PassedDescriptors,
            Descriptor = (int)descriptor.DangerousGetHandle(),
        };
        fixed (byte* bytes = message)
        {
            var vector = new Vector { Base = bytes, Length = (nuint)message.Length };
            var header = new MessageHeader
            {
                Vectors = &vector,
                VectorCount = 1,
                Control = &control,
                ControlLength = (nuint)sizeof(ControlMessage),
            };
            var sent = SendMessageNative(socket, &header, MessageDoNotWait | MessageNoSignal);
            GC.KeepAlive(descriptor);
            return sent;
        }
    }

    /// <summary>Receives one message, and the descriptor that came with it, without waiting.</summary>
    /// <param name="socket">A Unix socket.</param>
    /// <param name="message">Gets the message; what does not fit is lost.</param>
    /// <param name="descriptor">The descriptor, close-on-exec; null if there came none.</param>
    /// <returns>The length of what was received; 0 at the end; negative on failure.</returns>
    public static nint ReceiveDescriptor(SafeHandle socket, Span<byte> message, out SafeFileHandle? descriptor)
    {
        descriptor = null;
        ControlMessage control = default;
        fixed (byte* bytes = message)
        {
            var vector = new Vector { Base = bytes, Length = (nuint)message.Length };
            var header = new MessageHeader
            {
                Vectors = &vector,
                VectorCount = 1,
                Control = &control,
                ControlLength = (nuint)sizeof(ControlMessage),
            };
            var received = ReceiveMessageNative(socket, &header, MessageDoNotWait | MessageCloseOnExec);
            if (received >= 0 && header.ControlLength >= (nuint)ControlMessage.UsedSize
                && control is { Level: SocketLevel, Type: PassedDescriptors })
            {
                descriptor = new SafeFileHandle(control.Descriptor, ownsHandle: true);
            }

            return received;
        }
    }

    /// <summary>struct iovec.</summary>
    private struct Vector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>struct msghdr.</summary>
    private struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public Vector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct cmsghdr and one descriptor.</summary>
    private struct ControlMessage
    {
        public nuint Length;
        public int Level;
        public int Type;
        public int Descriptor;

        /// <summary>CMSG_LEN(sizeof(int)).</summary>
        public static int UsedSize => sizeof(nuint) + (3 * sizeof(int));
    }
}
