using Keepalived.Bfd.Wire;

namespace Keepalived.Bfd;

/// <summary>
/// The keys of a session: all are accepted, one signs. Rolling over without losing a packet takes three steps on each side: add the new
/// key, sign with it when both sides have it, remove the old one (RFC 5880 §6.7.1). Immutable.
/// </summary>
public sealed class BfdKeyChain : IEquatable<BfdKeyChain>
{
    private readonly BfdKey?[] _byId = new BfdKey?[byte.MaxValue + 1];

    /// <summary>Makes a chain of keys with different ids.</summary>
    /// <param name="signingKeyId">The id of the key that signs.</param>
    /// <param name="keys">The keys to accept.</param>
    /// <exception cref="ArgumentException">Two keys have one id, or none has <paramref name="signingKeyId"/>.</exception>
    public BfdKeyChain(byte signingKeyId, params ReadOnlySpan<BfdKey> keys)
    {
        foreach (var key in keys)
        {
            ArgumentNullException.ThrowIfNull(key, nameof(keys));
            if (_byId[key.Id] is not null)
                throw new ArgumentException($"Two keys have the id {key.Id}.", nameof(keys));
            _byId[key.Id] = key;
        }

        SigningKey = _byId[signingKeyId] ?? throw new ArgumentException($"No key has the id {signingKeyId}.", nameof(signingKeyId));
    }

    /// <summary>A chain of one key.</summary>
    public BfdKeyChain(BfdKey key)
        : this((key ?? throw new ArgumentNullException(nameof(key))).Id, key)
    {
    }

    /// <summary>The key that signs what is sent.</summary>
    public BfdKey SigningKey { get; }

    /// <summary>The key with this id, if there is one.</summary>
    public BfdKey? Find(byte id) => _byId[id];

    /// <summary>Whether both accept the same keys and sign with the same, so that a session need not be told.</summary>
    public bool Equals(BfdKeyChain? other) =>
        other is not null && SigningKey.Id == other.SigningKey.Id && Enumerable.SequenceEqual(_byId, other._byId);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BfdKeyChain);

    /// <inheritdoc/>
    public override int GetHashCode() => SigningKey.GetHashCode();
}
