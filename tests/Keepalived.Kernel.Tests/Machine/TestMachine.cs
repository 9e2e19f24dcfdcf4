using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Keepalived.Kernel.Tests.Machine;

/// <summary>
/// Where these tests run: here, on a machine with IPVS; else in a Debian kernel under User-Mode Linux, or under QEMU when
/// <c>KEEPALIVED_KERNEL</c> says <c>qemu</c>. <c>here</c> keeps them where they are.
/// </summary>
internal static class TestMachine
{
    /// <summary>Says where to run, and, inside, where one is.</summary>
    public const string Variable = "KEEPALIVED_KERNEL";

    private const string Inside = "KEEPALIVED_KERNEL_INSIDE";
    private const int MachineFailed = 125;
    private const int UmlSeconds = 800;
    private const int QemuSeconds = 1500;

    /// <summary>Whether this kernel cannot run them and nobody said that they are to run here.</summary>
    public static bool IsNeeded => Environment.GetEnvironmentVariable(Inside) is null
        && Environment.GetEnvironmentVariable(Variable) != "here" && !HasIpvs();

    /// <summary>Runs this program in a machine.</summary>
    /// <returns>Its exit status; null if there can be no machine, which was said.</returns>
    public static int? TryRun(string[] arguments)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Console.Error.WriteLine("The kernel tests need root, or a kernel with IPVS.");
            return null;
        }

        var backend = Environment.GetEnvironmentVariable(Variable) == "qemu" ? "qemu" : "uml";
        var limit = backend == "uml" ? UmlSeconds : QemuSeconds;
        var start = new ProcessStartInfo(Path.Combine(Folder(), "run-in-kernel"))
        {
            ArgumentList = { "-b", backend, "-t", limit.ToString(System.Globalization.CultureInfo.InvariantCulture), "--" },
        };
        start.ArgumentList.Add(Environment.ProcessPath!);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment[Inside] = "yes";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == MachineFailed ? null : process.ExitCode;
    }

    /// <summary>Whether the kernel has IPVS, or has it now that it was asked for.</summary>
    private static bool HasIpvs()
    {
        if (File.Exists("/proc/net/ip_vs"))
            return true;
        try
        {
            using var process = Process.Start(new ProcessStartInfo("modprobe", ["-q", "ip_vs"]) { RedirectStandardError = true });
            process?.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }

        return File.Exists("/proc/net/ip_vs");
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
