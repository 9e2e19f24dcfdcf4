using System.IO.Pipes;
using Keepalived.Netlink.Io;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Netlink.Tests.Io;

public sealed class LoopRegistrationTests
{
    [Test]
    public void Register_ReadablePipe_CallsBackUntilItRests()
    {
        using var loop = new EventLoop();
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        server.Write([1, 2, 3]);
        var calls = 0;
        LoopRegistration registration = null!;
        registration = loop.Register(client.SafePipeHandle, LoopReadiness.Readable, (_, ready) =>
        {
            Assert.That(ready, Is.EqualTo(LoopReadiness.Readable));
            if (++calls == 3)
            {
                registration.Modify(LoopReadiness.None);
                loop.CreateTimer(_ => loop.Stop(), null).Arm(loop.Now + (10 * MonotonicClock.Millisecond));
            }
        }, null);

        loop.Run();
        registration.Dispose();

        Assert.That(calls, Is.EqualTo(3));
    }

    [Test]
    public void Register_RestingPipeThatHangsUp_DoesNotSpin()
    {
        using var loop = new EventLoop();
        var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        using var registration = loop.Register(client.SafePipeHandle, LoopReadiness.None, (_, _) => Assert.Fail("resting"), null);
        server.DisposeLocalCopyOfClientHandle();
        server.Dispose();
        loop.CreateTimer(_ => loop.Stop(), null).Arm(loop.Now + (20 * MonotonicClock.Millisecond));

        loop.Run();

        Assert.That(loop.Statistics.Turns, Is.LessThan(5));
    }

    [Test]
    public void Dispose_InAnotherCallbackOfTheSameTurn_SilencesTheSecond()
    {
        using var loop = new EventLoop();
        using var first = new AnonymousPipeServerStream(PipeDirection.Out);
        using var firstEnd = new AnonymousPipeClientStream(PipeDirection.In, first.ClientSafePipeHandle);
        using var second = new AnonymousPipeServerStream(PipeDirection.Out);
        using var secondEnd = new AnonymousPipeClientStream(PipeDirection.In, second.ClientSafePipeHandle);
        first.Write([1]);
        second.Write([1]);
        var calls = 0;
        var registrations = new LoopRegistration[2];
        void Once(object? state, LoopReadiness ready)
        {
            calls++;
            foreach (var registration in registrations)
                registration.Dispose();
            loop.Stop();
        }

        registrations[0] = loop.Register(firstEnd.SafePipeHandle, LoopReadiness.Readable, Once, null);
        registrations[1] = loop.Register(secondEnd.SafePipeHandle, LoopReadiness.Readable, Once, null);

        loop.Run();

        Assert.That(calls, Is.EqualTo(1));
        Assert.That(() => registrations[0].Modify(LoopReadiness.Readable), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Register_RegularFile_ThrowsEperm()
    {
        using var loop = new EventLoop();
        using SafeFileHandle file = File.OpenHandle(typeof(LoopRegistrationTests).Assembly.Location);

        Assert.That(
            () => loop.Register(file, LoopReadiness.Readable, (_, _) => { }, null),
            Throws.TypeOf<SystemCallException>().With.Property(nameof(SystemCallException.Error)).EqualTo(Errno.EPERM));
    }

    [Test]
    public void Register_Twice_ThrowsEexist()
    {
        using var loop = new EventLoop();
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var registration = loop.Register(server.SafePipeHandle, LoopReadiness.Error, (_, _) => { }, null);

        Assert.That(
            () => loop.Register(server.SafePipeHandle, LoopReadiness.Writable, (_, _) => { }, null),
            Throws.TypeOf<SystemCallException>().With.Property(nameof(SystemCallException.Error)).EqualTo(Errno.EEXIST));
    }
}
