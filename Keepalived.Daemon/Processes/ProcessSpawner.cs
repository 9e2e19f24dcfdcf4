using System.Runtime.InteropServices;
using Keepalived.Daemon.Interop;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// Starts programs by posix_spawn(3), without <see cref="System.Diagnostics.Process"/>: that one cannot pass descriptors, installs a
/// SIGCHLD handler and reaps children on a thread of its own.
/// </summary>
internal static unsafe class ProcessSpawner
{
    // The C library keeps 32 and 33 for itself, KILL and STOP cannot be changed.
    private static ReadOnlySpan<int> UntouchableSignals => [9, 19, 32, 33];

    /// <summary>Starts a program.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="pid">Its process id.</param>
    /// <returns>0, or the errno of why it could not be started.</returns>
    public static int TrySpawn(SpawnRequest request, out int pid)
    {
        var attributes = stackalloc byte[Libc.SpawnStructureSize];
        var actions = stackalloc byte[Libc.SpawnStructureSize];
        using var argv = new StringBlock(request.Arguments);
        using var envp = new StringBlock(request.Environment);
        Check(Libc.SpawnAttributesInit(attributes));
        Check(Libc.SpawnActionsInit(actions));
        try
        {
            SetAttributes(attributes, request);
            SetActions(actions, request);
            return Libc.Spawn(out pid, request.Path, actions, attributes, argv.Pointer, envp.Pointer);
        }
        finally
        {
            Check(Libc.SpawnActionsDestroy(actions));
            Check(Libc.SpawnAttributesDestroy(attributes));
        }
    }

    private static void SetAttributes(byte* attributes, SpawnRequest request)
    {
        var flags = Libc.SpawnSetSignalDefaults | Libc.SpawnSetSignalMask;
        if (request.NewSession)
            flags |= Libc.SpawnSetSession;
        if (request.NewProcessGroup)
            flags |= Libc.SpawnSetProcessGroup;
        Check(Libc.SpawnAttributesSetFlags(attributes, (short)flags));
        Check(Libc.SpawnAttributesSetProcessGroup(attributes, 0));

        var signals = stackalloc byte[Libc.SignalSetSize];
        new Span<byte>(signals, Libc.SignalSetSize).Clear();
        Check(Libc.SpawnAttributesSetSignalMask(attributes, signals));
        Check(Libc.SignalSetFill(signals));
        foreach (var signal in UntouchableSignals)
            _ = Libc.SignalSetRemove(signals, signal); // refuses the C library's own, which are not in the set either
        Check(Libc.SpawnAttributesSetSignalDefaults(attributes, signals));
    }

    private static void SetActions(byte* actions, SpawnRequest request)
    {
        for (var descriptor = 0; request.NullStreams && descriptor <= 2; descriptor++)
            Check(Libc.SpawnActionsOpen(actions, descriptor, "/dev/null", Libc.OpenReadWrite, 0));

        // Duplicating a descriptor onto itself is how posix_spawn is told to clear close-on-exec.
        foreach (var handle in request.Inherited)
            Check(Libc.SpawnActionsDuplicate(actions, (int)handle.DangerousGetHandle(), (int)handle.DangerousGetHandle()));

        if (request.Directory is { } directory)
            Check(Libc.SpawnActionsChangeDirectory(actions, directory));
    }

    private static void Check(int result)
    {
        if (result != 0)
            throw new InvalidOperationException($"posix_spawn could not be prepared: {Marshal.GetPInvokeErrorMessage(result)}.");
    }
}
