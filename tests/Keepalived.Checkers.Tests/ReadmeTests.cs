using System.Net;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Pools;
using Keepalived.Checkers.Tcp;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests;

/// <summary>The code of the package's README, word for word between the marks.</summary>
public sealed class ReadmeTests
{
    [Test]
    public async Task Example_OneServerOfTwo_ComesIntoTheTable()
    {
        await using var good = new LoopbackServer((_, _) => Task.CompletedTask);
        var addresses = new[] { good.Address, LoopbackServer.Nobody };
        var done = new List<string>();
        var gained = new TaskCompletionSource();
        void balance(PoolActionKind kind, PoolServer? server, long weight)
        {
            done.Add($"{kind} {server}");
            if (kind == PoolActionKind.QuorumGained)
                gained.TrySetResult();
        }

        // README starts.
        var pool = new ServerPool(new Quorum(required: 1), sorryServer: new PoolServer("sorry"));
        var policy = new CheckPolicy { DelayLoop = TimeSpan.FromSeconds(5), Retries = 2, Alpha = true };
        var servers = new Dictionary<string, PoolServer>();
        await using var scheduler = new CheckScheduler(new CheckSchedulerOptions
        {
            OnReport = report =>
            {
                pool.Apply(servers[report.Checker.Name], report.Verdict);
                Drain();
            },
        });
        foreach (var address in addresses)
        {
            var server = new PoolServer($"{address}", weight: 1);
            server.AddChecker(isUp: !policy.Alpha);
            pool.Add(server);
            servers.Add(server.Name, server);
        }

        pool.Start();
        Drain();
        foreach (var address in addresses)
            scheduler.Add($"{address}", new TcpChecker(new ConnectionOptions { Destination = address }), policy);

        void Drain()
        {
            while (pool.TryDequeue(out var action))
                balance(action.Kind, action.Server, action.Weight);
        }
        // README ends.

        await gained.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await scheduler.DisposeAsync();
        Assert.That(done, Is.SupersetOf(new[]
        {
            "AddDestination sorry", "QuorumLost ",
            $"ServerUp {good.Address}", "RemoveDestination sorry", $"AddDestination {good.Address}", "QuorumGained ",
        }));
    }

    [Test]
    public void Example_InTheReadme_IsTheOneThatRuns()
    {
        var test = Lines("ReadmeTests.cs")
            .SkipWhile(line => line != "// README starts.").Skip(1).TakeWhile(line => line != "// README ends.");
        var readme = Lines("README.md").SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```");
        Assert.That(readme, Is.Not.Empty.And.EqualTo(test));
    }

    private static string[] Lines(string resource)
    {
        using var reader = new StreamReader(typeof(ReadmeTests).Assembly.GetManifestResourceStream(resource)!);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim())];
    }
}
