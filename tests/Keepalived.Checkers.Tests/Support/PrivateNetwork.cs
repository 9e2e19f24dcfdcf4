using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Keepalived.Checkers.Tests.Support;

/// <summary>A network namespace without a name, with nothing but lo: it lives as long as the thread that made it.</summary>
internal static partial class PrivateNetwork
{
    private const int NewNet = 0x40000000; // CLONE_NEWNET, include/uapi/linux/sched.h

    /// <summary>Runs something on a thread inside a new namespace; inconclusive where that is not allowed.</summary>
    public static T Run<T>(Func<T> inside)
    {
        var result = default(T);
        Exception? failure = null;
        var refused = 0;
        var thread = new Thread(() =>
        {
            try
            {
                if (Unshare(NewNet) != 0)
                {
                    refused = Marshal.GetLastPInvokeError();
                    return;
                }

                using var ip = Process.Start("ip", ["link", "set", "lo", "up"]);
                ip.WaitForExit();
                result = inside();
            }
#pragma warning disable CA1031 // It is thrown again, on the thread of the test.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (refused != 0)
            Assert.Inconclusive($"A network namespace needs CAP_SYS_ADMIN: {Marshal.GetPInvokeErrorMessage(refused)}.");
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return result!;
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);
}
