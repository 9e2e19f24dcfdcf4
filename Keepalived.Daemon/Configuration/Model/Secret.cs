namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A password or key. Its text is only had through <see cref="Reveal"/>; printing, logging and dumping it shows ***.</summary>
public sealed class Secret : IEquatable<Secret>
{
    private readonly byte[] _bytes;

    /// <summary>A secret of a copy of <paramref name="bytes"/>.</summary>
    public Secret(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    /// <summary>Its length in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The bytes themselves. Do not store or print them.</summary>
    public ReadOnlySpan<byte> Reveal() => _bytes;

    /// <inheritdoc/>
    public bool Equals(Secret? other) =>
        other is not null && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <summary>A constant: a hash would tell something about the content.</summary>
    public override int GetHashCode() => 0;

    /// <summary>***</summary>
    public override string ToString() => "***";
}
