package aws

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Error is AWS' answer to a call that it refused.
type Error struct {
	Action  string
	Status  int
	Code    string
	Message string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s: %s (status %d): %s", e.Action, e.Code, e.Status, e.Message)
}

// IsCode reports whether an error is AWS' with one of these codes.
func IsCode(err error, codes ...string) bool {
	var refused *Error
	return errors.As(err, &refused) && slices.Contains(codes, refused.Code)
}

// IsDenied reports whether the machine's role lacks a permission.
func IsDenied(err error) bool {
	return IsCode(err, "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedAccess")
}

// readError reads AWS' three error formats: two of XML, one of JSON.
func readError(action string, status int, body []byte) *Error {
	found := &Error{Action: action, Status: status}
	var inXML struct {
		XMLName  xml.Name
		Messages []string `xml:"Messages>Message"` // Route 53's, in an element named like the error
		Code     string   `xml:"Code"`
		Message  string   `xml:"Message"`
		Query    struct {
			Code    string `xml:"Code"`
			Message string `xml:"Message"`
		} `xml:"Error"`
		EC2 struct {
			Code    string `xml:"Code"`
			Message string `xml:"Message"`
		} `xml:"Errors>Error"`
	}
	var inJSON struct {
		Type    string `json:"__type"`
		Code    string `json:"code"`
		Message string `json:"message"`
		Capital string `json:"Message"`
	}
	if json.Unmarshal(body, &inJSON) == nil {
		found.Code, found.Message = first(inJSON.Type, inJSON.Code), first(inJSON.Message, inJSON.Capital)
	} else if xml.Unmarshal(body, &inXML) == nil {
		found.Code = first(inXML.Query.Code, inXML.EC2.Code, inXML.Code)
		found.Message = first(inXML.Query.Message, inXML.EC2.Message, inXML.Message)
		if len(inXML.Messages) > 0 {
			found.Code, found.Message = inXML.XMLName.Local, strings.Join(inXML.Messages, " ")
		}
	}
	if hash := strings.LastIndexByte(found.Code, '#'); hash >= 0 {
		found.Code = found.Code[hash+1:]
	}
	if found.Code == "" {
		found.Code = first(http.StatusText(status), "UnknownError")
		found.Message = strings.TrimSpace(string(body[:min(len(body), 200)]))
	}
	return found
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

var throttled = []string{
	"Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException", "RequestLimitExceeded",
	"TooManyRequestsException", "SlowDown", "PriorRequestNotComplete", "ProvisionedThroughputExceededException", "LimitExceededException",
	"RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "InternalServiceError", "ServiceUnavailable",
}

func isTransient(err *Error) bool {
	return err.Status >= 500 || err.Status == http.StatusTooManyRequests || slices.Contains(throttled, err.Code)
}

var stale = []string{"ExpiredToken", "ExpiredTokenException", "RequestExpired", "InvalidClientTokenId", "UnrecognizedClientException", "InvalidToken", "AuthFailure"}

var skewed = []string{"RequestTimeTooSkewed", "RequestInTheFuture", "InvalidSignatureException", "SignatureDoesNotMatch"}
