// usage: VirtualIp INTERFACE ADDRESS[/LENGTH] [PRIORITY]     (as root, or with CAP_NET_ADMIN and CAP_NET_RAW)
using Keepalived.Vrrp;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

await using var router = await VirtualRouter.StartAsync(new VirtualRouterOptions
{
    Name = "web",
    VirtualRouterId = 51,
    Interface = args[0],
    Addresses = [VirtualAddress.Parse(args[1])],
    Priority = args.Length > 2 ? byte.Parse(args[2]) : (byte)100,
});

try
{
    await foreach (var happened in router.WatchAsync(stop.Token))
        Console.WriteLine($"{happened.Router.Name} is {happened.State}, priority {happened.Priority}");
}
catch (OperationCanceledException)
{
    Console.WriteLine("Leaving: a backup takes over at once");
}
