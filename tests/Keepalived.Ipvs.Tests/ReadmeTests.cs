using Keepalived.Ipvs.Tests.Support;
using Keepalived.Netlink;

namespace Keepalived.Ipvs.Tests;

/// <summary>The code of the package's README, word for word between the marks.</summary>
public sealed class ReadmeTests
{
    [Test]
    public async Task Example_MakesItsService()
    {
        await using var kernel = new KernelModel();
        var client = kernel.Client;

        // README starts.
        var key = IpvsServiceKey.Create(IpvsProtocol.Tcp, InetAddress.Parse("192.0.2.1"), 80);
        var desired = new IpvsTable([
            new IpvsTableEntry(
                new IpvsService { Key = key, Scheduler = IpvsScheduler.WeightedRoundRobin },
                [
                    new IpvsDestination { Address = InetAddress.Parse("198.51.100.1"), Port = 8080, Weight = 2 },
                    new IpvsDestination { Address = InetAddress.Parse("198.51.100.2"), Port = 8080 },
                ]),
        ]);

        var reconciler = new IpvsReconciler(client);
        var done = await reconciler.ReconcileAsync(desired);
        foreach (var failure in done.Failures)
            Console.WriteLine(failure.Error.Message);

        await foreach (var entry in client.EnumerateTableAsync())
        {
            Console.WriteLine($"{entry.Service}: {entry.Statistics.Connections} connections");
            foreach (var destination in entry.Destinations)
                Console.WriteLine($"  -> {destination.Destination}, {destination.ActiveConnections} active");
        }
        // README ends.
        Assert.That((done.Applied, done.Succeeded), Is.EqualTo((3, true)));
    }

    [Test]
    public void Example_InTheReadme_IsTheOneThatRuns()
    {
        var test = Lines("ReadmeTests.cs").SkipWhile(line => line != "// README starts.").Skip(1)
            .TakeWhile(line => line != "// README ends.");
        var readme = Lines("README.md").SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```");
        Assert.That(readme, Is.Not.Empty.And.EqualTo(test));
    }

    private static string[] Lines(string resource)
    {
        using var reader = new StreamReader(typeof(ReadmeTests).Assembly.GetManifestResourceStream(resource)!);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim())];
    }
}
