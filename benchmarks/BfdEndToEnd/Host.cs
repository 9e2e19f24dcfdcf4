using System.Globalization;
using Keepalived.Bfd;
using Keepalived.Netlink;

namespace Keepalived.BfdEndToEnd;

/// <summary>This library as a process of its own, to be measured like the others.</summary>
internal static class Host
{
    /// <summary>Runs sessions until the process is ended.</summary>
    /// <param name="arguments">Last byte of the neighbours' addresses, number of sessions, interval in ms, multiplier, real-time or normal.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var interval = TimeSpan.FromMilliseconds(int.Parse(arguments[2], CultureInfo.InvariantCulture));
        await using var endpoint = new BfdEndpoint(new BfdEndpointOptions
        {
            RealTimePriority = arguments[4] == "real-time" ? Lab.RealTimePriority : null,
        });
        await endpoint.StartAsync(Enumerable.Range(0, count).Select(number => new BfdNeighborOptions
        {
            Name = $"n{number}",
            Address = InetAddress.Parse(Lab.Address(number, arguments[0])),
            LocalAddress = InetAddress.Parse(Lab.Address(number, arguments[0] == "1" ? "2" : "1")),
            Interface = "eth0",
            Session = new BfdSessionOptions
            {
                DesiredMinTxInterval = interval,
                RequiredMinRxInterval = interval,
                DetectMultiplier = int.Parse(arguments[3], CultureInfo.InvariantCulture),
            },
        }));
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
