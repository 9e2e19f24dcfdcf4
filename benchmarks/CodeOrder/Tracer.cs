namespace Keepalived.CodeOrder;

/// <summary>
/// Runs a program and its children with a breakpoint at the first instruction of every method. Each is hit once in a phase and then taken
/// away, so that the program runs at its own speed.
/// </summary>
/// <param name="methods">The methods of the binary, which is linked for a fixed address.</param>
/// <param name="phases">How many phases are told apart.</param>
internal sealed class Tracer(MethodTable methods, int phases)
{
    private const byte Breakpoint = 0xcc;
    private const int Trap = 5;

    private readonly List<ulong>[] _entered = [.. Enumerable.Range(0, phases).Select(static _ => new List<ulong>())];
    private readonly HashSet<ulong>[] _seen = [.. Enumerable.Range(0, phases).Select(static _ => new HashSet<ulong>())];
    private readonly Dictionary<int, TracedProcess> _processes = [];
    private string _binary = "";

    /// <summary>The methods entered in a phase by any of the processes, in the order of their first use in it.</summary>
    public IReadOnlyList<ulong> Entered(int phase) => _entered[phase];

    /// <summary>Traces until the last process has ended.</summary>
    /// <param name="pid">It has stopped, and will execute the binary.</param>
    /// <param name="currentPhase">Asked again and again; a new answer sets all breakpoints anew.</param>
    public void Run(int pid, Func<int> currentPhase)
    {
        Ptrace.Seize(pid);
        Ptrace.Kill(pid, Ptrace.ContinueSignal);
        var phase = 0;
        while (true)
        {
            if (currentPhase() is var now && now != phase)
            {
                phase = now;
                foreach (var process in _processes.Values)
                    process.SetBreakpoints();
            }

            var (stopped, status) = Ptrace.Wait();
            if (stopped < 0)
                return;
            if (stopped > 0)
                Handle(stopped, status, phase);
            else
                Thread.Sleep(TimeSpan.FromMicroseconds(20));
        }
    }

    private void Handle(int thread, int status, int phase)
    {
        if ((status & 0xff) != 0x7f)
        {
            _processes.Remove(thread); // ended; for a thread other than the first this finds nothing
            return;
        }

        var signal = (status >> 8) & 0xff;
        switch (status >> 16)
        {
            case Ptrace.EventExec:
                Executed(thread);
                Ptrace.Continue(thread, 0);
                break;
            case Ptrace.EventStop when signal is not Trap:
                Ptrace.Listen(thread); // job control stopped it: it stays so until it is continued
                break;
            case not 0:
                Ptrace.Continue(thread, 0);
                break;
            case 0 when signal == Trap && Hit(thread, phase):
                Ptrace.Continue(thread, 0);
                break;
            default:
                Ptrace.Continue(thread, signal);
                break;
        }
    }

    private void Executed(int pid)
    {
        _processes.Remove(pid);
        var binary = File.ResolveLinkTarget($"/proc/{pid}/exe", returnFinalTarget: false)?.FullName ?? "";
        if (_binary.Length == 0 && !binary.StartsWith("/usr/", StringComparison.Ordinal))
            _binary = binary;
        if (binary == _binary)
        {
            var process = new TracedProcess(pid, methods);
            process.SetBreakpoints();
            _processes.Add(pid, process);
        }
    }

    private bool Hit(int thread, int phase)
    {
        var address = Ptrace.GetInstruction(thread) - 1;
        if (!methods.Contains(address) || !_processes.TryGetValue(ProcessOf(thread), out var process))
            return false;

        // Another thread may have been faster: then the instruction is whole already, and this one just runs it.
        process.Restore(address);
        Ptrace.SetInstruction(thread, address);
        if (_seen[phase].Add(address))
            _entered[phase].Add(address);
        return true;
    }

    private int ProcessOf(int thread)
    {
        if (_processes.ContainsKey(thread))
            return thread;
        var line = File.ReadLines($"/proc/{thread}/status").First(static line => line.StartsWith("Tgid:", StringComparison.Ordinal));
        return int.Parse(line.AsSpan(5), provider: null);
    }

    private sealed class TracedProcess(int pid, MethodTable methods)
    {
        private byte[]? _original;

        public void SetBreakpoints()
        {
            using var memory = File.OpenHandle($"/proc/{pid}/mem", access: FileAccess.ReadWrite, share: FileShare.ReadWrite);
            if (_original is null)
            {
                _original = new byte[methods.End - methods.Start];
                RandomAccess.Read(memory, _original, (long)methods.Start);
            }

            var code = _original.ToArray();
            foreach (var address in methods.Addresses)
                code[address - methods.Start] = Breakpoint;
            RandomAccess.Write(memory, code, (long)methods.Start);
        }

        public void Restore(ulong address)
        {
            using var memory = File.OpenHandle($"/proc/{pid}/mem", access: FileAccess.ReadWrite, share: FileShare.ReadWrite);
            RandomAccess.Write(memory, _original.AsSpan((int)(address - methods.Start), 1), (long)address);
        }
    }
}
