using System.Globalization;

namespace Keepalived.Netlink;

/// <summary>
/// The kernel refused a request, or its answer was lost. It carries the error number, the kernel's own words and the request in words.
/// </summary>
public sealed class NetlinkException : IOException
{
    /// <summary>A refusal.</summary>
    /// <param name="errno">The error number.</param>
    /// <param name="request">The request in words, such as "add address 10.0.0.1/24 dev 2".</param>
    /// <param name="acknowledgement">The kernel's extended acknowledgement.</param>
    /// <param name="detail">What is known beyond what the kernel said.</param>
    public NetlinkException(Errno errno, string request, ExtendedAcknowledgement acknowledgement = default, string? detail = null)
        : base(Describe(errno, request, acknowledgement, detail))
    {
        Errno = errno;
        Request = request;
        Acknowledgement = acknowledgement;
    }

    /// <summary>The error number.</summary>
    public Errno Errno { get; }

    /// <summary>The request in words.</summary>
    public string Request { get; }

    /// <summary>The kernel's extended acknowledgement: its words and the offset of the offending attribute.</summary>
    public ExtendedAcknowledgement Acknowledgement { get; }

    /// <summary>Whether what was to be created exists already (EEXIST).</summary>
    public bool IsExists => Errno == Errno.EEXIST;

    /// <summary>Whether what was named does not exist (ENOENT, ESRCH, ENODEV, ENXIO, EADDRNOTAVAIL).</summary>
    public bool IsNotFound => Errno is Errno.ENOENT or Errno.ESRCH or Errno.ENODEV or Errno.ENXIO or Errno.EADDRNOTAVAIL;

    /// <summary>Whether the process lacks a capability, usually CAP_NET_ADMIN (EPERM, EACCES).</summary>
    public bool IsNotPermitted => Errno is Errno.EPERM or Errno.EACCES;

    /// <summary>Whether the answer was lost, so that it is not known whether the request was carried out (ENOBUFS, EBADMSG).</summary>
    public bool IsOutcomeUnknown => Errno is Errno.ENOBUFS or Errno.EBADMSG;

    private static string Describe(Errno errno, string request, ExtendedAcknowledgement acknowledgement, string? detail)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{request}: {errno.Describe()}");
        if (acknowledgement.Message is { } message)
            text += $": {message}";
        if (acknowledgement.Offset is { } offset)
            text += string.Create(CultureInfo.InvariantCulture, $" (at byte {offset} of the request)");
        if (acknowledgement.MissingAttribute is { } missing)
            text += string.Create(CultureInfo.InvariantCulture, $" (attribute {missing} is missing)");
        return detail is null ? text : $"{text}: {detail}";
    }
}
