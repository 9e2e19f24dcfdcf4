using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>The value of type <typeparamref name="T"/> that a block gives to a keyword, if it does.</summary>
internal sealed class GivenValue<T> : GivenValue
{
    public T? Value { get; private set; }

    /// <summary>Takes a value; null is none.</summary>
    public void Set(T? value, SourceLocation location) => (Value, Location, IsGiven) = (value, location, value is not null);

    public override void Forget() => (Value, Location, IsGiven) = (default, default, false);
}
