using Keepalived.Bfd.Tests.Transport;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Tests;

/// <summary>The code of the package's README, word for word between the marks.</summary>
public sealed class ReadmeTests
{
    [Test]
    public async Task Endpoint_WithItsNeighbour_ComesUp()
    {
        using var link = new TestLink();
        link.Ip('a', "address add 192.0.2.1/24 dev eth0");
        link.Ip('b', "address add 192.0.2.2/24 dev eth0");
        await link.StartAsync('b', TestLink.Neighbor('b') with { Address = InetAddress.Parse("192.0.2.1") });
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var stop = enough.Token;
        var told = new List<string>();
        var running = link.Namespace('a').Run(Example);
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(told, Has.Some.EqualTo("router is Up (None)"));

        void tell(string line)
        {
            told.Add(line);
            if (line == "router is Up (None)")
                enough.Cancel();
        }

        async Task Example()
        {
            // README starts: endpoint.
            await using var endpoint = new BfdEndpoint();
            await endpoint.StartAsync(
            [
                new BfdNeighborOptions
                {
                    Name = "router",
                    Address = InetAddress.Parse("192.0.2.2"),
                    Interface = "eth0",
                    Session = new BfdSessionOptions
                    {
                        DesiredMinTxInterval = TimeSpan.FromMilliseconds(50),
                        RequiredMinRxInterval = TimeSpan.FromMilliseconds(50),
                        DetectMultiplier = 3,
                    },
                },
            ]);
            await foreach (var happened in endpoint.WatchAsync(stop))
                tell($"{happened.Neighbor.Name} is {happened.State} ({happened.Diagnostic})");
            // README ends.
        }
    }

    [Test]
    public void Example_FirstPacketOfANeighbour_IsAnsweredWithInit()
    {
        var buffer = new byte[BfdSession.MaxControlSize];
        var payload = new byte[BfdControlHeader.Size];
        new BfdControlHeader { State = BfdState.Down, DetectMultiplier = 3, MyDiscriminator = 9, RequiredMinRxInterval = 1 }.WriteTo(payload);
        var origin = new BfdPacketOrigin { Source = InetAddress.Parse("192.0.2.2"), InterfaceIndex = 3, HopLimit = 255 };
        var states = new List<BfdState>();
        var sent = new List<byte[]>();
        long armed = 0;
        void send(ReadOnlySpan<byte> packet) => sent.Add(packet.ToArray());
        void tell(BfdState state, BfdDiagnostic diagnostic) => states.Add(state);
        void armTimer(long deadline) => armed = deadline;

        // README starts: machine.
        var table = new BfdSessionTable();
        var session = new BfdSession(
            new BfdPath { Remote = InetAddress.Parse("192.0.2.2"), InterfaceIndex = 3 },
            table.CreateDiscriminator(),
            new BfdSessionOptions { DesiredMinTxInterval = TimeSpan.FromMilliseconds(50), RequiredMinRxInterval = TimeSpan.FromMilliseconds(50) },
            MonotonicClock.Now);
        table.Add(session);

        // A datagram came to port 3784:
        table.HandleDatagram(payload, origin, MonotonicClock.Now, out var touched);
        // The timer fired:
        session.HandleTimeout(MonotonicClock.Now);
        // After either, until nothing is left:
        while (session.TryDequeue(out var action))
        {
            if (action.Kind == BfdActionKind.SendControl)
                send(buffer.AsSpan(0, session.WriteControl(action, buffer)));
            else if (action.Kind == BfdActionKind.StateChanged)
                tell(action.NewState, action.Diagnostic);
        }

        armTimer(session.NextDeadline);
        // README ends.
        Assert.That(touched, Is.SameAs(session));
        Assert.That(states, Is.EqualTo(new[] { BfdState.Init }));
        Assert.That(sent, Is.Not.Empty);
        BfdControlPacket.TryParse(sent[0], out var first);
        Assert.That((first.State, first.YourDiscriminator), Is.EqualTo((BfdState.Init, 9u)));
        Assert.That(armed, Is.GreaterThan(MonotonicClock.Now - MonotonicClock.Second));
    }

    [Test]
    public void Examples_InTheReadme_AreThoseThatRun()
    {
        var readme = Blocks(Lines("README.md"), static line => line == "```csharp", static line => line == "```");
        var tested = Blocks(
            Lines("ReadmeTests.cs"), static line => line.StartsWith("// README starts", StringComparison.Ordinal),
            static line => line == "// README ends.");
        Assert.That(readme, Has.Length.EqualTo(2).And.EqualTo(tested));
    }

    private static string[][] Blocks(string[] lines, Predicate<string> starts, Predicate<string> ends)
    {
        var blocks = new List<string[]>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (starts(lines[i]))
                blocks.Add([.. lines.Skip(i + 1).TakeWhile(line => !ends(line))]);
        }

        return [.. blocks];
    }

    private static string[] Lines(string resource)
    {
        using var reader = new StreamReader(typeof(ReadmeTests).Assembly.GetManifestResourceStream(resource)!);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim())];
    }
}
