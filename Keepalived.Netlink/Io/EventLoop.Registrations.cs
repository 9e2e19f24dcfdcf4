using System.Runtime.InteropServices;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

public sealed unsafe partial class EventLoop
{
    private readonly Lock _registrationLock = new();
    private readonly Stack<int> _freeSlots = [];
    private LoopRegistration?[] _registrations = new LoopRegistration?[16];
    private int _registrationCount;
    private uint _generation;

    /// <summary>
    /// Watches a descriptor: a socket, a pipe, a pidfd, an inotify descriptor; whatever epoll accepts, which regular files are not. May
    /// be called from any thread. The callback runs on the loop with what the descriptor is ready for; it must read or write until it
    /// would block, or be called again in the next turn.
    /// </summary>
    /// <exception cref="SystemCallException">The kernel refused: EPERM for a descriptor that cannot be watched, EEXIST for one that is
    /// watched already.</exception>
    public LoopRegistration Register(SafeHandle handle, LoopReadiness interest, Action<object?, LoopReadiness> callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(callback);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var registration = new LoopRegistration(this, handle, callback, state);
        var isReferenced = false;
        handle.DangerousAddRef(ref isReferenced);
        lock (_registrationLock)
        {
            registration.Slot = AllocateSlot();
            registration.Generation = _generation++;
            _registrations[registration.Slot] = registration;
            try
            {
                SetInterest(registration, interest);
            }
            catch
            {
                Release(registration);
                throw;
            }
        }

        return registration;
    }

    internal void Modify(LoopRegistration registration, LoopReadiness interest)
    {
        lock (_registrationLock)
        {
            ObjectDisposedException.ThrowIf(registration.IsDisposed, registration);
            SetInterest(registration, interest);
        }
    }

    internal void Unregister(LoopRegistration registration)
    {
        lock (_registrationLock)
        {
            if (registration.IsDisposed)
                return;
            if (registration.Interest != LoopReadiness.None && !_epoll.IsClosed)
                EpollControl(Libc.EpollDelete, registration.Handle, 0, 0);
            registration.Interest = LoopReadiness.None;
            Release(registration);
        }
    }

    // An interest in nothing leaves the epoll set: there, errors and hang-ups would still be reported, in every turn.
    private void SetInterest(LoopRegistration registration, LoopReadiness interest)
    {
        if (interest == registration.Interest)
            return;
        var operation = interest == LoopReadiness.None ? Libc.EpollDelete
            : registration.Interest == LoopReadiness.None ? Libc.EpollAdd
            : Libc.EpollModify;
        EpollControl(operation, registration.Handle, (uint)interest, ((ulong)registration.Generation << 32) | (uint)registration.Slot);
        registration.Interest = interest;
    }

    private int AllocateSlot()
    {
        if (_freeSlots.TryPop(out var slot))
            return slot;
        if (_registrationCount == _registrations.Length)
        {
            var larger = new LoopRegistration?[_registrations.Length * 2];
            _registrations.CopyTo(larger, 0);
            Volatile.Write(ref _registrations, larger);
        }

        return _registrationCount++;
    }

    private void Release(LoopRegistration registration)
    {
        registration.IsDisposed = true;
        _registrations[registration.Slot] = null;
        _freeSlots.Push(registration.Slot);
        registration.Handle.DangerousRelease();
    }

    // The generation tells an event of this registration from one of a registration that had the slot before and died earlier in the turn.
    private LoopRegistration? Find(ulong data)
    {
        var registrations = Volatile.Read(ref _registrations);
        var slot = (int)(uint)data;
        return registrations[slot] is { } registration && registration.Generation == (uint)(data >> 32) ? registration : null;
    }

    private void EpollControl(int operation, SafeHandle descriptor, uint events, ulong data)
    {
        Span<byte> epollEvent = stackalloc byte[16];
        EpollEvents.Write(epollEvent, events, data);
        fixed (byte* pointer = epollEvent)
        {
            if (Libc.EpollControl(_epoll, operation, descriptor, pointer) != 0)
                throw SystemCallException.FromLastError("change what the event loop watches");
        }
    }
}
