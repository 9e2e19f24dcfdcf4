namespace Keepalived.Interop.Tests.Wire;

/// <summary>
/// A frame as it entered the bridge: when (nanoseconds since 1970), from which station, and what it is if it is ours to judge.
/// </summary>
internal sealed record Frame(long Time, string Port, byte[] Bytes)
{
    public Advert? Advert { get; init; }

    public Announcement? Announcement { get; init; }

    public BfdControl? Bfd { get; init; }

    public override string ToString()
    {
        var what = this switch
        {
            { Advert: { } advert } => $"advert v{advert.Version} vrid {advert.VirtualRouterId} priority {advert.Priority} " +
                $"every {advert.Interval.TotalMilliseconds} ms {advert.Source} > {advert.Destination} " +
                $"[{string.Join(' ', advert.Addresses)}] {string.Join(", ", advert.Defects)}",
            { Announcement: { } announcement } =>
                $"announces {announcement.Address} at {announcement.Owner} {string.Join(", ", announcement.Defects)}",
            { Bfd: { } bfd } =>
                $"BFD {bfd.Source} > {bfd.Destination} state {bfd.State} diag {bfd.Diagnostic}{(bfd.Poll ? " P" : "")}{(bfd.Final ? " F" : "")} " +
                $"tx {bfd.DesiredMinTx} rx {bfd.RequiredMinRx} x {bfd.Multiplier} {bfd.MyDiscriminator:x8} {bfd.YourDiscriminator:x8}",
            _ => $"{Bytes.Length} bytes, type 0x{(Bytes.Length < 14 ? "" : Convert.ToHexString(Bytes.AsSpan(12, 2)))}",
        };
        return $"{DateTime.UnixEpoch.AddTicks(Time / 100):HH:mm:ss.ffffff} {Port}: {what}";
    }
}
