using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Tests;

/// <summary>The code of the package's README, word for word between the marks.</summary>
public sealed class ReadmeTests
{
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

        // README starts.
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
    public void Example_InTheReadme_IsTheOneThatRuns()
    {
        var test = Lines("ReadmeTests.cs").SkipWhile(line => line != "// README starts.").Skip(1).TakeWhile(line => line != "// README ends.");
        var readme = Lines("README.md").SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```");
        Assert.That(readme, Is.Not.Empty.And.EqualTo(test));
    }

    private static string[] Lines(string resource)
    {
        using var reader = new StreamReader(typeof(ReadmeTests).Assembly.GetManifestResourceStream(resource)!);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim())];
    }
}
