using System.Text;
using Keepalived.Daemon.Interop;

namespace Keepalived.Daemon.Logging;

/// <summary>
/// Text to descriptor 1 or 2. <see cref="System.Console"/> would bring its encodings, its terminal handling and a signal thread into
/// every process of the daemon.
/// </summary>
internal static unsafe class StandardStreams
{
    /// <summary>Writes text to standard error, as it is. False when it could not be written.</summary>
    public static bool WriteError(string text) => Write(2, text);

    /// <summary>Writes a line to standard error.</summary>
    public static bool WriteErrorLine(string text) => Write(2, text + "\n");

    /// <summary>Writes text to standard output, as it is.</summary>
    public static bool WriteOutput(string text) => Write(1, text);

    private static bool Write(int descriptor, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* pointer = bytes)
        {
            for (nint done = 0; done < bytes.Length;)
            {
                var written = Libc.Write(descriptor, pointer + done, (nuint)(bytes.Length - done));
                if (written > 0)
                    done += written;
                else if (System.Runtime.InteropServices.Marshal.GetLastPInvokeError() != Errno.Interrupted)
                    return false;
            }
        }

        return true;
    }
}
