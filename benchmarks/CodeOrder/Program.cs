using System.Runtime.InteropServices;
using Keepalived.CodeOrder;

// Writes which methods of a NativeAOT binary a running program enters, in the order of their first use, one file for each phase of its life.
if (args is not [var pidText, var symbolFile, .. var phaseFiles] || phaseFiles.Length == 0 || !int.TryParse(pidText, out var pid))
{
    Console.Error.WriteLine("usage: Keepalived.CodeOrder PID SYMBOLS PHASE-FILE...\n\n"
        + "PID has stopped itself and will execute the binary when it is continued; SYMBOLS is the binary's .dbg file.\n"
        + "Each SIGUSR1 begins the next phase. Ends when the program and its children have ended.");
    return 2;
}

var phase = 0;
using var next = PosixSignalRegistration.Create((PosixSignal)10, context =>
{
    context.Cancel = true;
    Interlocked.Increment(ref phase);
});

var methods = MethodTable.Read(symbolFile);
var tracer = new Tracer(methods, phaseFiles.Length);
tracer.Run(pid, () => Math.Min(Volatile.Read(ref phase), phaseFiles.Length - 1));

for (var i = 0; i < phaseFiles.Length; i++)
    File.WriteAllLines(phaseFiles[i], tracer.Entered(i).SelectMany(methods.NamesAt));
return 0;
