namespace Keepalived.Interop.Tests.Lab;

/// <summary>Does something again and again until disposed.</summary>
internal sealed class Repeater : IDisposable
{
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public Repeater(Action action, TimeSpan every)
    {
        _thread = new Thread(() =>
        {
            do
                action();
            while (!_stop.Wait(every));
        })
        { IsBackground = true, Name = "repeater" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }
}
