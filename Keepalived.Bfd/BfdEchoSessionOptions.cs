namespace Keepalived.Bfd;

/// <summary>How an unaffiliated echo session behaves (RFC 9747). Immutable.</summary>
public sealed record BfdEchoSessionOptions
{
    /// <summary>The interval of packets while up. At least 1 µs; 300 ms unless told.</summary>
    public TimeSpan TransmitInterval { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The interval of packets while not up. At least 1 s, which is the default.</summary>
    public TimeSpan SlowTransmitInterval { get; init; } = BfdSessionOptions.MinSlowInterval;

    /// <summary>How many packets in a row may go missing. 1 to 255; 3 unless told.</summary>
    public int DetectMultiplier { get; init; } = 3;

    /// <summary>
    /// The lowest TTL or hop limit to accept, 0 to 255; 254 unless told, for packets leave with 255 and the loop costs one.
    /// </summary>
    public int MinimumHopLimit { get; init; } = 254;

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which and why.</exception>
    public void Validate()
    {
        BfdSessionOptions.CheckInterval(TransmitInterval, nameof(TransmitInterval), TimeSpan.FromMicroseconds(1));
        BfdSessionOptions.CheckInterval(SlowTransmitInterval, nameof(SlowTransmitInterval), BfdSessionOptions.MinSlowInterval);
        BfdSessionOptions.CheckByte(DetectMultiplier, nameof(DetectMultiplier), 1);
        BfdSessionOptions.CheckByte(MinimumHopLimit, nameof(MinimumHopLimit), 0);
    }
}
