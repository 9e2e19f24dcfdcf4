using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;

using var loop = new EventLoop();
loop.Start();
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) => { press.Cancel = true; stop.Cancel(); };

await using var monitor = RouteMonitor.Open(loop, new RouteMonitorOptions { Objects = NetworkObjects.Links | NetworkObjects.Addresses });
try
{
    await foreach (var change in monitor.WatchAsync(stop.Token))
    {
        switch (change)
        {
            case NetworkSnapshot all:
                foreach (var link in all.Links)
                    Console.WriteLine($"{link}: {(link.IsRunning ? "running" : link.IsUp ? "up, no carrier" : "down")}, {link.Address}");
                foreach (var address in all.Addresses)
                    Console.WriteLine($"{address.Prefix} on {all.FindLink(address.InterfaceIndex)}");
                break;
            case LinkEvent { Change: NetworkChange.Changed } e when e.Link.IsRunning != e.Previous!.IsRunning:
                Console.WriteLine($"{e.Link} {(e.Link.IsRunning ? "runs" : "stopped")}");
                break;
            case LinkEvent { Change: not NetworkChange.Changed } or AddressEvent or ResynchronizedEvent:
                Console.WriteLine(change);
                break;
        }
    }
}
catch (OperationCanceledException)
{
    // Ctrl+C.
}
